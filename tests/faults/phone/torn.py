"""F2: the battery dies in mid-write, so that the browser's own log ends in a torn record.

A browser reads over that once. It must not go on writing behind it: at the start after that it
would take the whole storage for damaged, and throw all of it away.
"""

import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.phone.handset import Handset
from tests.faults.phone.place import ROOT, Place, place
from tests.faults.phone.reckoning import reckon

# A record of a LevelDB log: checksum, length, kind 1 (whole), then its bytes; a block ends the run.
HEADER, WHOLE, BLOCK = "<IHB", 1, 32768
SAID, WRITTEN = 400, 90  # bytes


@contextmanager
def torn_log(folder: Path, tree: Path = ROOT) -> Iterator[Run]:
    with place(folder, tree) as town:

        def run(rng: Dice) -> Outcome:
            return one_tear(town, town.lasting_phone(), rng)

        yield run


def one_tear(town: Place, phone: Handset, rng: Dice) -> Outcome:
    before = set(phone.acknowledged)
    town.line.cut()
    phone.save(*rng.choices(["visit", "event"], k=rng.randint(1, 3)))
    phone.kill()
    tear(phone.folder)
    phone.start()
    phone.save(*rng.choices(["visit", "event"], k=rng.randint(1, 3)))
    phone.kill()
    begun = time.monotonic()
    phone.start()
    return reckon(town, phone, phone.since(before), begun)


def tear(profile: Path) -> None:
    """The first bytes of one more record, that nobody was told of."""
    logs = profile.glob("Default/IndexedDB/*.leveldb/*.log")
    newest = max(logs, key=lambda file: file.stat().st_mtime_ns)
    with newest.open("ab") as log:
        room = BLOCK - log.tell() % BLOCK
        if room < struct.calcsize(HEADER) + SAID:
            return  # it would begin in the next block: this run is an ordinary kill
        log.write(struct.pack(HEADER, 0, SAID, WHOLE) + bytes(WRITTEN))


FAULT = Fault(
    key="F2-torn-log",
    title="battery dies in mid-write: the browser's log is torn",
    sample=20,
    full=200,
    root=False,
    open=torn_log,
    needs=("browser",),
)
