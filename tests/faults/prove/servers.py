"""Guards of the server: the real program runs without one of them while it is struck."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.faults.fault import Dice, Outcome, Run
from tests.faults.phone.disk import disk
from tests.faults.prove import doubles
from tests.faults.prove.by_faults import look
from tests.faults.prove.proof import Proof
from tests.faults.servers import kills, power
from tests.faults.station import station


@contextmanager
def powerless(folder: Path, double) -> Iterator[Run]:
    """F16: the server's disk loses its power."""
    with disk(folder) as battery, station(folder) as here:
        centre = power.started(here, battery, before=[_named(double)])
        patrols = here.patrols(centre.url, power.PATROLS)

        def run(dice: Dice) -> Outcome:
            return power.cut(centre, patrols, battery, dice)

        try:
            yield run
        finally:
            centre.stop()


@contextmanager
def killed(folder: Path, double) -> Iterator[Run]:
    """F16: the server is killed."""
    with station(folder) as here:
        centre = here.centre(before=[_named(double)]).start()
        patrols = here.patrols(centre.url, kills.PATROLS)

        def run(dice: Dice) -> Outcome:
            return kills.struck(centre, patrols, dice, kills.kill_server)

        yield run


def _named(double) -> tuple[str]:
    """As Nursery.spawn asks for it."""
    return (f"{double.__module__}:{double.__name__}",)


def _found_by(opening, double, key: str):
    return partial(look, partial(opening, double=double), key)


PROOFS = [
    Proof(
        "server: SQLite flushes at every commit (FULL, not NORMAL)",
        "F16 power cut of the server",
        _found_by(powerless, doubles.flush_seldom, "F16-power-cut-sqlite"),
        ("root", "loop"),
    ),
    Proof(
        "server: the commit comes before the answer",
        "F16 server killed",
        _found_by(killed, doubles.answer_first, "F16-kill-sqlite"),
    ),
]
