"""What a sender does next with a log, once it has weighed an answer. Plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """The receiver has our entries up to `have`: go on after it."""

    have: int


@dataclass(frozen=True, slots=True)
class Behind:
    """The receiver has less than was believed: go on after `have`."""

    have: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A relay's branch is kept up to `last`: go on after it, still as a branch."""

    last: int


@dataclass(frozen=True, slots=True)
class Rotate:
    """An author starts a new log and writes again what it still holds. `why`: forked, restored."""

    why: str


@dataclass(frozen=True, slots=True)
class Again:
    """Something was damaged on the way: send the same once more."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """No store takes entry `seq`: keep it, show it, and rotate without it."""

    seq: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A relay can't join the receiver's chain: send all it holds as a branch."""


@dataclass(frozen=True, slots=True)
class NotYours:
    """The log belongs to another device: stop, and show it."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A relay's own store contradicts itself: stop, and report it."""


Step = Sent | Behind | Kept | Rotate | Again | SetAside | Branch | NotYours | Broken
