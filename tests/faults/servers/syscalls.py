"""F17: the disk fails at the n-th write or flush, n = 1 … N, while a patrol pushes.

`strace` gives a serving store EIO or ENOSPC for exactly one system call, or for all from the n-th
on. What is not on the disk is never answered with a 200; the file stays whole, and once the disk is
well again all arrives.
"""

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sync.http import Trouble
from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.patrol import Patrol
from tests.faults.station import Warm, station

STRACE = os.environ.get("STRACE", "strace")
TRACED = "fdatasync,fsync,pwrite64"
PUSHES = 5
STRIDE = 13  # from run to run, so that a few runs too meet the beginning, middle and end
ATTACHED_WITHIN_S = 10.0
ONE_THREAD = ("tests.faults.servers.doubles:one_thread",)
OFTEN_CHECKPOINTED = ("tests.faults.servers.doubles:checkpoint_often",)


@dataclass(frozen=True)
class Failing:
    """The n-th `call` of a run fails with `error`: n goes through all of 1 … `most`, run by run.

    `ever_after`: all later ones fail as well, as on a full disk. `checkpoints`: the log goes over
    into the database proper all the time, so that those calls are met too.
    """

    call: str
    error: str
    most: int
    ever_after: bool = False
    checkpoints: bool = True

    def spec(self, number: int) -> str:
        n = number * STRIDE % self.most + 1
        return f"{self.call}:error={self.error}:when={n}{'+' if self.ever_after else ''}"

    @contextmanager
    def open(self, folder: Path) -> Iterator[Run]:
        with station(folder) as here:
            before = [ONE_THREAD, *([OFTEN_CHECKPOINTED] if self.checkpoints else [])]
            centre = here.centre(before=before).start()

            def run(dice: Dice) -> Outcome:
                with here.fresh_patrols(centre.url, 1) as [patrol]:
                    return self.met(centre, patrol, dice)

            yield run

    def met(self, centre: Warm, patrol: Patrol, dice: Dice) -> Outcome:
        """Pushes while the disk fails; what was answered for is read before it is well again."""
        url = centre.settings.database_url
        after, unsafe = stored.newest(url), 0
        with disk_failing(centre, self.spec(dice.number), centre.folder) as trace:
            for _ in range(PUSHES):
                covered = _push(patrol, dice)
                if covered and not self.checkpoints and not _is_flushed(trace.news()):
                    unsafe += covered
                trace.news()
        assert trace.met, f"{self.spec(dice.number)} was never met"
        lost, _ = stored.reckon(url, patrol.answered, after=after)
        wrong = [*stored.is_sound(url)]
        assert not wrong, f"{self.spec(dice.number)}: {wrong}"
        recovered = patrol.insist()
        late, doubled = stored.reckon(url, patrol.saved, patrol.answered, after=after)
        acknowledged = len(patrol.saved.acknowledged)
        return Outcome(acknowledged, len(lost | late) + unsafe, len(doubled), recovered)


class Trace:
    """What strace has written, push by push."""

    def __init__(self, path: Path):
        self.path, self._read, self.met = path, 0, False

    def news(self) -> list[str]:
        """Lines since the last look."""
        text = self.path.read_text(encoding="utf-8", errors="replace")
        fresh, self._read = text[self._read :], len(text)
        self.met = self.met or "(INJECTED)" in fresh
        return fresh.splitlines()


@contextmanager
def disk_failing(store: Warm, spec: str, folder: Path) -> Iterator[Trace]:
    """strace beside the store, until the end of the context."""
    path = folder / "strace.txt"
    path.write_text("", encoding="utf-8")
    command = [STRACE, "-f", "-y", "-o", path, "-e", f"trace={TRACED}", "-e", f"inject={spec}"]
    beside = subprocess.Popen(
        [*command, "-p", str(store.process.pid)], stderr=subprocess.PIPE, text=True
    )
    try:
        _wait_attached(beside, store.process.pid)
        yield Trace(path)
    finally:
        beside.send_signal(signal.SIGINT)
        beside.communicate(timeout=30)


def _push(patrol: Patrol, dice: Dice) -> int:
    """How many new records a 200 covered; 0 where the answer was another."""
    patrol.save(dice, dice.randint(1, 4))
    before = len(patrol.answered.acknowledged)
    try:
        patrol.send()
    except Trouble as trouble:
        if not re.search(r"answered 50[037]$", str(trouble)):
            raise
    return len(patrol.answered.acknowledged) - before


def _is_flushed(calls: list[str]) -> bool:
    """The last flush of the log in this push went well. (A failed one that is only repeated would
    not be enough: the system forgets what it could not write. SQLite writes it anew.)"""
    flushes = [call for call in calls if "sync(" in call and "-wal>" in call]
    return bool(flushes) and flushes[-1].rstrip().endswith("= 0")


def _wait_attached(beside: subprocess.Popen, pid: int) -> None:
    """Every thread of the store has strace as its tracer."""
    deadline, pause = time.monotonic() + ATTACHED_WITHIN_S, threading.Event()
    while not all(map(_is_traced, Path(f"/proc/{pid}/task").iterdir())):
        if beside.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"strace can't look in: {beside.stderr.read()}")
        pause.wait(0.005)


def _is_traced(task: Path) -> bool:
    status = (task / "status").read_text()
    return "TracerPid:\t0\n" not in status


FAULTS = [
    Fault("F17-flush-EIO", "the n-th fdatasync of the server fails with EIO", 10, 200, False,
          Failing("fdatasync", "EIO", PUSHES, checkpoints=False).open, ("strace",)),
    Fault("F17-checkpoint-EIO", "the same while the log goes over into the database", 10, 200,
          False, Failing("fdatasync", "EIO", 2 * PUSHES).open, ("strace",)),
    Fault("F17-write-EIO", "the n-th pwrite64 of the server fails with EIO", 10, 600, False,
          Failing("pwrite64", "EIO", 120).open, ("strace",)),
    Fault("F17-write-ENOSPC", "from the n-th pwrite64 on the disk is full", 10, 600, False,
          Failing("pwrite64", "ENOSPC", 120, ever_after=True).open, ("strace",)),
]  # fmt: skip
