"""F16: the power of a server on SQLite is cut while patrols push.

Its database lies on a disk of its own. The server is stopped where it stands, the disk copied as a
power cut leaves it, and the store starts again from the copy: what a 200 had covered must be there
before anything is sent again, the file must be whole and every chain must hold.
"""

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.patrol import Patrol
from tests.faults.phone.disk import Disk, disk
from tests.faults.servers.kills import PATROLS, answers_again, busy, is_ready_soon
from tests.faults.station import Station, Warm, station, template

LASTS = 25  # runs on one database
STOPPED_WITHIN_S = 5.0


@contextmanager
def powerless(folder: Path) -> Iterator[Run]:
    """A centre whose disk loses its power in every run."""
    with disk(folder) as battery, station(folder) as here:
        centre = started(here, battery)
        patrols = here.patrols(centre.url, PATROLS)

        def run(dice: Dice) -> Outcome:
            nonlocal patrols
            if dice.number % LASTS == LASTS - 1:
                patrols = begun_anew(here, centre)
            return cut(centre, patrols, battery, dice)

        try:
            yield run
        finally:
            centre.stop()


def started(here: Station, battery: Disk, before=()) -> Warm:
    """A centre on that disk, which it has been on for a while."""
    centre = here.centre(folder=battery.at / "centre", before=before)
    os.sync()
    return centre.start()


def begun_anew(here: Station, centre: Warm) -> list[Patrol]:
    """The same centre on an empty database, with phones that begin as well."""
    centre.stop()
    for file in centre.folder.iterdir():
        file.unlink()
    shutil.copy(template().file, centre.file)
    os.sync()
    centre.start()
    return here.patrols(centre.url, PATROLS)


def cut(centre: Warm, patrols: list[Patrol], battery: Disk, dice: Dice) -> Outcome:
    """One power cut among pushes, and what stood on the disk after it."""
    saved, answered = patrols[0].saved, patrols[0].answered
    before, at = len(saved.acknowledged), dice.uniform(0.02, 0.4)
    seeds = [dice.randrange(2**32) for _ in patrols]
    with busy(patrols, seeds):
        threading.Event().wait(at)
        freeze(centre.process.pid)
        dark = battery.cut_power()
        centre.process.kill()
    centre.stop()
    began = time.monotonic()
    battery.restart(dark)
    centre.folder = battery.at / "centre"
    centre.start()
    answers_again(patrols[0], began)
    recovered = time.monotonic() - began
    is_ready_soon(centre)
    url = centre.settings.database_url
    lost, doubled = stored.reckon(url, answered)
    holds(centre)
    for each in patrols:
        each.insist()
    lost_later, doubled_later = stored.reckon(url, saved, answered)
    return Outcome(
        len(saved.acknowledged) - before,
        len(lost | lost_later),
        len(doubled | doubled_later),
        recovered,
    )


def holds(centre: Warm) -> None:
    """The file is whole, and so is every chain and every projected row."""
    wrong = [*stored.is_sound(centre.settings.database_url)]
    assert not wrong, f"integrity: {wrong}"
    told = centre.run("store", "verify")
    assert told["ok"], f"verify: {told['found']}"


def freeze(pid: int) -> None:
    """SIGSTOP, and wait until no thread of it moves any more."""
    os.kill(pid, signal.SIGSTOP)
    deadline, pause = time.monotonic() + STOPPED_WITHIN_S, threading.Event()
    while not all(map(_stands, Path(f"/proc/{pid}/task").iterdir())):
        assert time.monotonic() < deadline, f"{pid} does not stop"
        pause.wait(0.001)


def _stands(task: Path) -> bool:
    return (task / "stat").read_text().rsplit(")", 1)[1].split()[0] == "T"


FAULTS = [
    Fault("F16-power-cut-sqlite", "power cut of the server's disk while phones push",
          20, 500, True, powerless, ("loop",)),
]  # fmt: skip
