"""F7: a phone comes back at the edge of a cell, with 200 records: 400 ms and 50 kB/s.

All of them are at the centre within 10 seconds.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.phone.handset import Handset
from tests.faults.phone.long_queue import fill
from tests.faults.phone.place import ROOT, Place, place
from tests.faults.phone.reckoning import reckon
from tests.faults.wire.slow import RECORDS, WITHIN_S


@contextmanager
def far_away(folder: Path) -> Iterator[Run]:
    with place(folder) as town:

        def run(_rng: Dice) -> Outcome:
            return one_return(town, town.lasting_phone())

        yield run


def one_return(town: Place, phone: Handset) -> Outcome:
    before = set(phone.acknowledged)
    town.line.cut()
    fill(phone, ROOT, RECORDS)
    town.line.slow()
    begun = time.monotonic()
    took = phone.drain()
    assert took <= WITHIN_S, f"{RECORDS} records took {took:.1f} s"
    return reckon(town, phone, phone.since(before), begun)


FAULT = Fault(
    key="F7-slow-phone",
    title="the app itself, 200 records over 400 ms and 50 kB/s",
    sample=5,
    full=50,
    root=False,
    open=far_away,
    needs=("browser",),
)
