"""A log in memory that says what was asked of it to change, for the receiver's own tests.

Its branches lie entry by entry: which run one came in does not matter to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sync import chain
from sync.messages import Section
from sync.ports import Entry
from tests.support.memory import MemoryLog


@dataclass
class Shelf(MemoryLog):
    """One log. `branches` is keyed by (seq, hash)."""

    branches: dict[tuple[int, bytes], Entry] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)

    def claim(self, owner: str, via: str | None) -> None:
        self.changes.append("claim")
        super().claim(owner, via)

    def append(self, entries: Sequence[Entry]) -> None:
        self.changes.append("append")
        super().append(entries)

    def fill(self, seq: int, payload: bytes) -> None:
        self.changes.append("fill")
        assert chain.digest(payload) == self.entries[seq].digest, "what comes back is what went"
        super().fill(seq, payload)

    def fast_forward(self, base: int, prev: bytes) -> None:
        self.changes.append("fast_forward")
        super().fast_forward(base, prev)

    def keep_branch(self, entries: Sequence[Entry], prev: bytes) -> bool:
        new = {(e.seq, e.hash): e for e in entries if (e.seq, e.hash) not in self.branches}
        self.branches |= new
        return bool(new)

    def heard(self, section: Section) -> None:
        self.changes.append("heard")


def state(log: Shelf) -> tuple:
    """Everything kept of a log, to compare before and after."""
    where = (log.owner, log.base, log.base_hash, log.have, log.hash)
    return *where, dict(log.entries), dict(log.branches)
