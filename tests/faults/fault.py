"""What a fault is to the harness: how to set it up, and what one run of it must tell.

Knows no server, no browser and no record.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from random import Random


class Dice(Random):
    """The chance of one run: the same for the same seed, fault and number, whatever ran before.

    `number` counts a fault's runs from 0, for faults that go through places one by one.
    """

    def __init__(self, seed: int, key: str, number: int):
        super().__init__(f"{seed}/{key}/{number}")
        self.number = number


@dataclass(frozen=True)
class Outcome:
    """One run. `recovered`: seconds until all that was acknowledged was served again.

    `lost` counts what was acknowledged and is not there byte for byte, `doubled` what is there
    more than once. Anything else that must not be is an AssertionError of the run.
    """

    acknowledged: int
    lost: int
    doubled: int
    recovered: float

    @property
    def clean(self) -> bool:
        return not self.lost and not self.doubled


Run = Callable[[Dice], Outcome]


@dataclass(frozen=True)
class Fault:
    """A line of the table.

    `open` is given an empty folder, sets up what is dear (a server, a browser) and yields what
    does one run. `sample` and `full` are numbers of runs. `root` faults need root (mounts).
    `needs` names what else must be at hand: see tests/faults/needs.py.
    """

    key: str
    title: str
    sample: int
    full: int
    root: bool
    open: Callable[[Path], AbstractContextManager[Run]]
    needs: tuple[str, ...] = ()

    def runs(self, size: str) -> int:
        return self.sample if size == "sample" else self.full


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Several parts of one run as one."""
    parts = list(outcomes)
    return Outcome(
        sum(part.acknowledged for part in parts),
        sum(part.lost for part in parts),
        sum(part.doubled for part in parts),
        max((part.recovered for part in parts), default=0.0),
    )
