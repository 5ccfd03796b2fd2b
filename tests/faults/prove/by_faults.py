"""Looks for a loss by doing a fault again and again, until a run of it is not clean."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tests.faults.fault import Dice, Run
from tests.faults.phone.tree import Change, built
from tests.faults.prove.proof import Finding

RUNS_MAX = 20
SEED = 1
Opening = Callable[[Path], AbstractContextManager[Run]]


def look(opening: Opening, key: str, folder: Path, runs: int = RUNS_MAX) -> Finding | None:
    """The first run that lost, doubled, or broke what must hold; None if there was none."""
    with opening(folder) as run:
        for number in range(runs):
            try:
                outcome = run(Dice(SEED, key, number))
            except AssertionError as error:
                return str(error).splitlines()[0], number + 1
            if not outcome.clean:
                return f"{outcome.lost} lost, {outcome.doubled} doubled", number + 1
    return None


def without(*changes: Change, opening, key: str) -> Callable[[Path], Finding | None]:
    """The fault on a phone whose app was built with these changes. `opening(folder, tree)`."""

    def attempt(folder: Path) -> Finding | None:
        tree = built(folder / "tree", *changes)
        (folder / "run").mkdir()
        return look(lambda where: opening(where, tree), key, folder / "run")

    return attempt
