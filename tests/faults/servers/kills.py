"""F16: the server, or the database under it, ended with SIGKILL while patrols push.

What a 200 had covered must stand in the database before anything is sent again: else the phones'
next try would hide the loss.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from sync.http import Refused, Trouble
from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.patrol import Patrol
from tests.faults.station import Station, Warm, fill, station
from tests.support.postgres import Cluster
from tests.support.served import Store

PATROLS = 3
READY_S = 5.0  # s of the server's own work: a machine that does much else takes longer
PATIENCE_S = 60.0
COLD_EVERY = 20  # runs: this start reads the whole program in, as a machine that wakes up does
LASTS = 50  # runs on one database


@contextmanager
def on_sqlite(folder: Path) -> Iterator[Run]:
    """The app server on SQLite."""
    with station(folder) as here:
        yield _strikes(here, lambda: here.centre(), kill_server)


@contextmanager
def on_postgres(folder: Path) -> Iterator[Run]:
    """The app server on PostgreSQL, which lives on."""
    with cluster() as postgres, station(folder) as here:
        yield _strikes(here, lambda: filled(here, postgres), kill_server)


@contextmanager
def postgres_itself(folder: Path) -> Iterator[Run]:
    """PostgreSQL with all its processes; the app server lives on and finds it again."""
    with cluster() as postgres, station(folder) as here:

        def strike(_centre: Warm, _dice: Dice) -> None:
            kill_family(postgres.process.pid)
            postgres.process.wait()
            postgres.serve()

        yield _strikes(here, lambda: filled(here, postgres), strike)


def _strikes(here: Station, new: Callable[[], Warm], strike: Callable[[Warm, Dice], object]) -> Run:
    centre, patrols = None, []

    def run(dice: Dice) -> Outcome:
        nonlocal centre, patrols
        if centre is None or dice.number % LASTS == 0:
            if centre is not None:
                centre.stop()
            centre = new().start()
            patrols = here.patrols(centre.url, PATROLS)
        return struck(centre, patrols, dice, strike)

    return run


def struck(
    centre: Warm, patrols: list[Patrol], dice: Dice, strike: Callable[[Warm, Dice], object]
) -> Outcome:
    """One strike among pushes; then the database is read, and only then all is sent again."""
    saved, answered = patrols[0].saved, patrols[0].answered
    before, url = len(saved.acknowledged), centre.settings.database_url
    for each in patrols:
        each.save(dice, 2)
    at = dice.uniform(0.01, 0.35)
    seeds = [dice.randrange(2**32) for _ in patrols]
    with busy(patrols, seeds):
        threading.Event().wait(at)
        began = time.monotonic()
        strike(centre, dice)
    answers_again(patrols[0], began)
    recovered = time.monotonic() - began
    is_ready_soon(centre)
    lost, doubled = stored.reckon(url, answered)
    for each in patrols:
        each.insist()
    lost_later, doubled_later = stored.reckon(url, saved, answered)
    return Outcome(
        len(saved.acknowledged) - before,
        len(lost | lost_later),
        len(doubled | doubled_later),
        recovered,
    )


@contextmanager
def busy(patrols: list[Patrol], seeds: list[int]) -> Iterator[None]:
    """The patrols write and push, each on its own, until their store is gone."""
    gone = threading.Event()

    def work(patrol: Patrol, seed: int) -> None:
        dice = Dice(seed, "work", 0)
        with suppress(Trouble):
            while not gone.is_set():
                patrol.save(dice, dice.randint(1, 6))
                patrol.send()

    with ThreadPoolExecutor(len(patrols)) as pool:
        working = [pool.submit(work, *each) for each in zip(patrols, seeds, strict=True)]
        try:
            yield
        finally:
            gone.set()
    for each in working:
        each.result()


def kill_server(centre: Warm, dice: Dice) -> None:
    """SIGKILL and up again; now and then as cold as after a power cut."""
    cold = dice.number % COLD_EVERY == COLD_EVERY - 1
    centre.process.kill()
    centre.stop()
    if cold:
        centre.process = Store.launch(centre, "serve", "--port", str(centre.port))
        assert "http://" in centre.process.stdout.readline()
    else:
        centre.start()


def kill_family(pid: int) -> None:
    """SIGKILL to a process and its children, at once as nearly as can be."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for each in [pid, *map(int, children)]:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    for child in children:
        _wait_gone(Path(f"/proc/{child}/stat"))


def filled(here: Station, postgres: Cluster) -> Warm:
    """A centre on PostgreSQL with the people of the template, but tokens of its own."""
    centre = here.centre(postgres.url(postgres.create()))
    here.enrolled, here.node_token = fill(centre)
    return centre


@contextmanager
def cluster() -> Iterator[Cluster]:
    """With fsync: it is killed here."""
    made = Cluster()
    try:
        yield made.start()
    finally:
        made.stop()


def answers_again(patrol: Patrol, began: float) -> None:
    """Until the store answers a question by its database."""
    pause = threading.Event()
    while True:
        try:
            patrol.peer.status([patrol.phone.log.log])
            return
        except (Trouble, Refused):
            if time.monotonic() - began > PATIENCE_S:
                raise
            pause.wait(0.01)


def is_ready_soon(store: Warm) -> None:
    """It has not worked for long since it was started."""
    fields = Path(f"/proc/{store.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    worked = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    assert worked < READY_S, f"ready after {worked:.1f} s of work"


def _wait_gone(stat: Path) -> None:
    """An orphan is buried by whoever inherits it; its hold on shared memory ends before."""
    pause = threading.Event()
    for _ in range(500):
        try:
            if stat.read_text().rsplit(")", 1)[1].split()[0] in "ZX":
                return
        except (FileNotFoundError, ProcessLookupError):
            return
        pause.wait(0.01)


FAULTS = [
    Fault("F16-kill-sqlite", "app server on SQLite killed while phones push",
          20, 1000, False, on_sqlite),
    Fault("F16-kill-postgres", "app server on PostgreSQL killed while phones push",
          10, 300, False, on_postgres, ("postgres",)),
    Fault("F16-postgres-killed", "PostgreSQL itself killed -9 while phones push",
          10, 200, False, postgres_itself, ("postgres",)),
]  # fmt: skip
