"""What a database engine must be able to do for copies: see `sqlite` and `postgres`."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path


class Occupied(Exception):
    """Somebody else has the database open, or it is not empty; its text says what to do."""


class Place(ABC):
    """A database as something that is copied and replaced as a whole.

    A restore calls `close_to_others`, `receive`, `load`, then `settle` or `give_up`.
    """

    kind: str

    @abstractmethod
    def dump(self, to: Path, progress: Callable[[int, int], object]) -> None:
        """Write the database, as it stands at one moment, to the new file `to`."""

    @abstractmethod
    def is_empty(self) -> bool: ...

    @abstractmethod
    def close_to_others(self) -> None:
        """Raises Occupied where anybody has it open."""

    @abstractmethod
    def receive(self) -> Path:
        """Where a dump is to be put to be loaded."""

    @abstractmethod
    def load(self, dumped: Path) -> str:
        """Make a database of the dump; its address. What stood is still there somewhere."""

    @abstractmethod
    def settle(self) -> str | None:
        """It is good: from now on it is the database. Where the one that stood is kept, if any."""

    @abstractmethod
    def give_up(self) -> None:
        """It is not good: all is as it was before `load`."""
