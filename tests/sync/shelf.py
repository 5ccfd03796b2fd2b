"""The smallest ledger there is, for the receiver's own tests: shows all it keeps, and whether
anything was asked of it to change. Stores with transactions and copies are tested elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sync import chain
from sync.messages import Section
from sync.ports import Entry


@dataclass
class Shelf:
    """One log. `branches` is keyed by (seq, hash)."""

    log: str
    owner: str | None = None
    via_node: str | None = None
    base: int = 0
    base_hash: bytes = b""
    have: int = 0
    hash: bytes = b""
    entries: dict[int, Entry] = field(default_factory=dict)
    branches: dict[tuple[int, bytes], Entry] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.base_hash = self.base_hash or chain.genesis(self.log)
        self.hash = self.hash or self.base_hash

    def hash_at(self, seq: int) -> bytes | None:
        if seq == self.base:
            return self.base_hash
        if seq == 0:
            return chain.genesis(self.log)
        return self.entries[seq].hash if seq in self.entries else None

    def missing(self, first: int, last: int) -> list[int]:
        held = [n for n in range(first, last + 1) if n in self.entries]
        return [n for n in held if self.entries[n].payload is None]

    def claim(self, owner: str, via: str | None) -> None:
        self.changes.append("claim")
        self.owner, self.via_node = owner, via

    def append(self, entries: Sequence[Entry]) -> None:
        self.changes.append("append")
        for entry in entries:
            assert entry.seq == self.have + 1, "entries follow one another"
            self.entries[entry.seq] = entry
            self.have, self.hash = entry.seq, entry.hash

    def fill(self, seq: int, payload: bytes) -> None:
        self.changes.append("fill")
        assert chain.digest(payload) == self.entries[seq].digest, "what comes back is what went"
        self.entries[seq] = self.entries[seq]._replace(payload=payload)

    def fast_forward(self, base: int, prev: bytes) -> None:
        self.changes.append("fast_forward")
        self.base, self.base_hash, self.have, self.hash = base, prev, base, prev

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
