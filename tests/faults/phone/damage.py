"""F13: a row of the phone's storage can't be read, or says something else than what was written.

It is set aside as it is and never deleted; all the others arrive, and the app goes on.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.phone.handset import Handset, wait_for
from tests.faults.phone.place import ROOT, Place, place
from tests.faults.phone.reckoning import at_centre

KINDS = ("a bit flipped", "cut short", "not bytes", "bytes gone", "row gone")


@contextmanager
def damaged(folder: Path, tree: Path = ROOT) -> Iterator[Run]:
    with place(folder, tree) as town:

        def run(rng: Dice) -> Outcome:
            return one_row(town, town.lasting_phone(), rng)

        yield run


def one_row(town: Place, phone: Handset, rng: Dice) -> Outcome:
    kind = KINDS[rng.number % len(KINDS)]
    before = set(phone.acknowledged)
    town.line.cut()
    phone.save(*rng.choices(["visit", "event"], k=rng.randint(3, 5)))
    said = phone.since(before)
    victim = rng.choice([entry for entry in phone.stored() if entry.rid in said])
    phone.page.evaluate(
        "(key, how) => thumb.damage('entries', key, how)", [victim.log, victim.seq], kind
    )
    phone.visit(phone.page)
    phone.save("event")
    others = {rid: sha for rid, sha in phone.since(before).items() if rid != victim.rid}
    town.line.mend()
    begun = time.monotonic()
    phone.send()
    wait_for(lambda: not at_centre(town, others, True)[0], f"{kind}: all the others at the centre")
    recovered = time.monotonic() - begun
    lost, doubled = at_centre(town, others, True)
    if kind != "row gone":
        assert still_held(phone, victim), f"{kind}: the damaged row is gone from the phone"
    return Outcome(len(others), len(lost), len(doubled), recovered)


def still_held(phone: Handset, victim) -> bool:
    """The damaged row as it was: in its place, or set aside."""
    aside = [row["key"] for row in phone.rows("aside") if row["table"] == "entries"]
    rows = [[row["log"], row["seq"]] for row in phone.rows("entries")]
    return [victim.log, victim.seq] in aside or [victim.log, victim.seq] in rows


FAULT = Fault(
    key="F13-damaged-row",
    title="a row of the phone's storage is damaged or gone",
    sample=20,
    full=200,
    root=False,
    open=damaged,
    needs=("browser",),
)
