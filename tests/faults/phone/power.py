"""F2: the battery dies within a second of "saved".

The profile lies on a disk of its own; every process of the browser is stopped where it stands, the
disk is copied as a dead battery leaves it, and the phone starts again from the copy.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.phone.disk import Disk, disk
from tests.faults.phone.handset import Handset
from tests.faults.phone.place import ROOT, Place, place
from tests.faults.phone.reckoning import reckon


@contextmanager
def powerless(folder: Path, tree: Path = ROOT) -> Iterator[Run]:
    with disk(folder) as battery, place(folder, tree) as town:
        phone = town.phone(battery.at / "profile")
        os.sync()  # the app itself was installed a while ago

        def run(rng: Dice) -> Outcome:
            return one_cut(town, phone, battery, rng)

        try:
            yield run
        finally:
            phone.close()


def one_cut(town: Place, phone: Handset, battery: Disk, rng: Dice) -> Outcome:
    before = set(phone.acknowledged)
    town.line.cut()
    phone.tap(rng, rng.choice([0, rng.uniform(0, 1)]))
    phone.browser.freeze()
    phone.listen(0.05)
    dark = battery.cut_power()
    phone.kill()
    begun = time.monotonic()
    battery.restart(dark)
    phone.folder = battery.at / "profile"
    phone.start()
    return reckon(town, phone, phone.since(before), begun)


FAULT = Fault(
    key="F2-power-cut-browser",
    title='battery dies within a second of "saved"',
    sample=20,
    full=200,
    root=True,
    open=powerless,
    needs=("browser", "loop"),
)
