"""What a proof is: a guard taken away, a fault that must now find the loss, and how soon it did.

A guard that can be taken away without anybody noticing is no guard, or the harness is blind to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.needs import missing

Finding = tuple[str, int]  # what was found, after how many runs


@dataclass(frozen=True)
class Proof:
    """`guard`: what is taken away. `by`: the fault that must find it. `needs`: as in a Fault.

    `look` is given an empty folder; it returns what it found, or None when all runs were clean.
    """

    guard: str
    by: str
    look: Callable[[Path], Finding | None]
    needs: tuple[str, ...] = ()

    @property
    def lacking(self) -> list[str]:
        return [why for need in self.needs if (why := missing(need))]
