"""The server's disk runs full: 507 and nothing half kept; once there is room, all goes on.

The database lies on a tmpfs of its own, whose room is taken up by another file.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.http import Trouble
from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.patrol import Patrol
from tests.faults.station import station

SIZE = 12 << 20
PUSHES_MAX = 60
NOTE = "Fullt. " * 30


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of 12 MB in memory."""
    at = folder / "small"
    at.mkdir()
    size = f"size={SIZE}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "fieldlog-full", at], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", at], check=True)


@contextmanager
def full(folder: Path) -> Iterator[Run]:
    """A centre there; a run takes its room, pushes until it is refused, and gives room again."""
    with station(folder) as here, small_disk(folder) as disk:

        def run(dice: Dice) -> Outcome:
            centre = here.centre(folder=disk / f"run-{dice.number}").start()
            url, ballast = centre.settings.database_url, disk / "ballast"
            try:
                with here.fresh_patrols(centre.url, 1) as [patrol]:
                    patrol.save(dice, 3)
                    patrol.send()
                    _take_room(ballast, dice.randrange(0, 96) * 1024)
                    _push_until_refused(patrol, dice)
                    lost, _ = stored.reckon(url, patrol.answered)
                    ballast.unlink()
                    recovered = patrol.insist()
                    wrong = [*stored.is_sound(url)]
                    assert not wrong, wrong
                    late, doubled = stored.reckon(url, patrol.saved, patrol.answered)
                    acknowledged = len(patrol.saved.acknowledged)
                    return Outcome(acknowledged, len(lost | late), len(doubled), recovered)
            finally:
                centre.stop()
                ballast.unlink(missing_ok=True)
                for file in centre.folder.iterdir():
                    file.unlink()

        yield run


def _take_room(ballast: Path, left: int) -> None:
    """All of it but so many bytes."""
    status = os.statvfs(ballast.parent)
    ballast.write_bytes(bytes(max(status.f_bavail * status.f_frsize - left, 0)))


def _push_until_refused(patrol: Patrol, dice: Dice) -> None:
    for _ in range(PUSHES_MAX):
        patrol.save(dice, dice.randint(1, 5))
        try:
            patrol.send()
        except Trouble as trouble:
            if not str(trouble).endswith("answered 507"):
                raise AssertionError(f"a full disk is 507, not: {trouble}") from trouble
            return
    raise AssertionError("a full disk took everything")


FAULTS = [
    Fault("F17-full-disk", "the server's disk is full: 507, then room again",
          20, 300, True, full, ("mount",)),
]  # fmt: skip
