"""What the conversation needs of a store, as two shapes. Any store that fits them can talk.

Hashes and digests are 32 bytes, `log` is 32 lowercase hex digits.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from sync.messages import Line, Section, Via


class Entry(NamedTuple):
    """One entry as it is to be kept. `payload` is None when only its digest is known."""

    seq: int
    digest: bytes
    hash: bytes
    payload: bytes | None


class Ledger(Protocol):
    """One log of a receiving store, locked, inside one transaction.

    A log never heard of has `owner` None, `base` and `have` 0 and the genesis as `hash`; it
    leaves no trace unless something is kept.
    """

    log: str
    owner: str | None  # id of the device whose log this is
    base: int  # entries up to here may be missing; from here on there is no hole
    have: int  # number of the last entry
    hash: bytes  # chain hash at `have`

    def hash_at(self, seq: int) -> bytes | None:
        """The chain hash at `seq` (genesis at 0, known at `base` too); None where not known."""

    def missing(self, first: int, last: int) -> Iterable[int]:
        """Entries held as a digest only that may be filled in: gone, but not erased."""

    def claim(self, owner: str, via: str | None) -> None:
        """Make the log known as the device `owner`'s, first heard through the node `via`."""

    def append(self, entries: Sequence[Entry]) -> None:
        """Keep entries that follow `have`; moves `have` and `hash`."""

    def fill(self, seq: int, payload: bytes) -> None:
        """Put back a payload that `missing` named."""

    def fast_forward(self, base: int, prev: bytes) -> None:
        """Go on from `base` with hash `prev`, keeping what is held; moves base, have, hash."""

    def keep_branch(self, entries: Sequence[Entry], prev: bytes) -> bool:
        """Keep entries apart, each once by (log, seq, hash); True if any was new.

        A later copy fills in a payload that an earlier one lacked.
        """

    def heard(self, section: Section) -> None:
        """Note the sender's clock, unsent count and version. Only told of what brought news."""


class Source(Protocol):
    """One log of a sending store: its author's own, or one that a relay holds for another."""

    log: str
    base: int  # highest seq let go
    head: int  # highest seq held
    now: str  # the sender's clock, RFC 3339
    unsent: int  # entries without the centre's receipt
    app: str
    via: Via | None  # the author as the relay saw it; None for one's own log

    def hash_at(self, seq: int) -> bytes | None:
        """The chain hash at `seq`; known for 0, `base` and every entry held, else None."""

    def next_held(self, seq: int) -> int | None:
        """The first entry held at or after `seq`. Above `base` that is `seq` itself up to head."""

    def lines(self, first: int, most: int, room: int) -> list[Line]:
        """The unbroken run from `first`: at most `most` lines and `room` bytes with newlines."""
