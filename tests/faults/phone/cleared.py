"""F4: the browser throws the site's storage away, or somebody clears it.

What had reached the centre stays there; what had not is gone, and that is said aloud on the phone
and to the centre. A silent fresh start never happens.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.phone.handset import Handset, wait_for
from tests.faults.phone.place import ROOT, Place, place
from tests.faults.phone.reckoning import reckon

# A browser that is short of room takes all of a site; a cookie may live on, or be all that does.
STORAGE = ("indexeddb", "indexeddb,service_workers,cache_storage,local_storage")
SAID = "Telefonens minne har rensats"


@contextmanager
def cleared(folder: Path, tree: Path = ROOT) -> Iterator[Run]:
    with place(folder, tree) as town:

        def run(rng: Dice) -> Outcome:
            return one_clearing(town, town.lasting_phone(), rng)

        yield run


def one_clearing(town: Place, phone: Handset, rng: Dice) -> Outcome:
    before = set(phone.acknowledged)
    phone.save(*rng.choices(["visit", "event"], k=rng.randint(1, 3)))
    phone.drain()
    arrived = phone.since(before)
    town.line.cut()
    phone.save(*rng.choices(["visit", "event"], k=rng.randint(0, 2)))
    gone = set(phone.since(before)) - set(arrived)  # nature's: no phone can keep these
    clear(phone, rng.choice(STORAGE))
    town.line.mend()
    begun = time.monotonic()
    phone.visit(phone.page)
    wait_for(lambda: SAID in phone.page.evaluate("() => thumb.said()"), f'"{SAID}" on the phone')
    phone.visit(phone.page, f"#enrol={town.code()}")
    phone.page.evaluate("() => thumb.enrol()")
    phone.page.evaluate("() => thumb.begin()")
    phone.save("event", "visit")
    said = {rid: sha for rid, sha in phone.since(before).items() if rid not in gone}
    outcome = reckon(town, phone, said, begun, already=set(arrived))
    first = json.loads(town.latest_log()[0][0])
    assert first["body"]["reason"] == "evicted", f"the centre is told {first['body']}"
    return outcome


def clear(phone: Handset, kinds: str) -> None:
    """While the app is not open: a browser takes nothing from under a page in use."""
    phone.page.go("about:blank")
    phone.page.call("Storage.clearDataForOrigin", origin=phone.url, storageTypes=kinds)


FAULT = Fault(
    key="F4-storage-cleared",
    title="the browser clears the site's storage",
    sample=20,
    full=200,
    root=False,
    open=cleared,
    needs=("browser",),
)
