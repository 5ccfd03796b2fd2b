"""The receiver's side of a log kept in memory: a Ledger, with its branches and its copies.

Knows nothing of projections, of SQL or of HTTP. A copy is a plain deep-enough copy.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sync import chain
from sync.messages import Section
from sync.ports import Entry


@dataclass(frozen=True)
class MemoryBranch:
    """A run of entries kept apart: what does not fit the log it was sent for."""

    prev: bytes
    entries: tuple[Entry, ...]

    @property
    def head(self) -> Entry:
        return self.entries[-1]


@dataclass
class MemoryLog:
    """One log as a store keeps it. `entries` may have holes below `base` only."""

    log: str
    owner: str | None = None
    via_node: str | None = None
    base: int = 0
    base_hash: bytes = b""
    have: int = 0
    hash: bytes = b""
    entries: dict[int, Entry] = field(default_factory=dict)
    branches: list[MemoryBranch] = field(default_factory=list)
    heard_at: str = ""
    last: Section | None = None  # the section heard last: unsent, clock, app

    def __post_init__(self) -> None:
        self.base_hash = self.base_hash or chain.genesis(self.log)
        self.hash = self.hash or self.base_hash

    def hash_at(self, seq: int) -> bytes | None:
        if seq == self.base:
            return self.base_hash
        if seq == 0:
            return chain.genesis(self.log)
        held = self.entries.get(seq)
        return held.hash if held else None

    def missing(self, first: int, last: int) -> set[int]:
        held = self.entries
        return {s for s in range(first, last + 1) if s in held and held[s].payload is None}

    def claim(self, owner: str, via: str | None) -> None:
        self.owner, self.via_node = owner, via

    def append(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.seq != self.have + 1:
                raise AssertionError(f"hole: {entry.seq} after {self.have}")
            self.entries[entry.seq] = entry
            self.have, self.hash = entry.seq, entry.hash

    def fill(self, seq: int, payload: bytes) -> None:
        old = self.entries[seq]
        self.entries[seq] = Entry(old.seq, old.digest, old.hash, payload)

    def fast_forward(self, base: int, prev: bytes) -> None:
        self.base, self.base_hash = base, prev
        self.have, self.hash = base, prev

    def keep_branch(self, entries: Sequence[Entry], prev: bytes) -> bool:
        filled = False
        for index, entry in enumerate(entries):
            known = self._known(entry)
            if known is None:
                self._extend(tuple(entries[index:]), entries[index - 1].hash if index else prev)
                return True
            if known.payload is None and entry.payload is not None:
                self._replace(entry)
                filled = True
        return filled

    def heard(self, section: Section) -> None:
        self.last = section

    def holds(self, seq: int, hash_: bytes) -> bool:
        """Whether this entry is here, in the log itself or in a branch."""
        return self.hash_at(seq) == hash_ or any(
            entry.seq == seq and entry.hash == hash_ for entry in self.apart()
        )

    def apart(self) -> Iterator[Entry]:
        """The entries of all branches."""
        return (entry for branch in self.branches for entry in branch.entries)

    def copy(self) -> "MemoryLog":
        twin = MemoryLog(**self.__dict__)
        twin.entries, twin.branches = dict(self.entries), list(self.branches)
        return twin

    def _known(self, entry: Entry) -> Entry | None:
        own = self.entries.get(entry.seq)
        if own is not None and own.hash == entry.hash:
            return own
        return next((e for e in self.apart() if e[0] == entry[0] and e[2] == entry[2]), None)

    def _extend(self, entries: tuple[Entry, ...], prev: bytes) -> None:
        for index, branch in enumerate(self.branches):
            if branch.head.hash == prev:
                self.branches[index] = MemoryBranch(branch.prev, branch.entries + entries)
                return
        self.branches.append(MemoryBranch(prev, entries))

    def _replace(self, entry: Entry) -> None:
        if self.entries.get(entry.seq, entry).hash == entry.hash and entry.seq in self.entries:
            self.entries[entry.seq] = entry
            return
        for index, branch in enumerate(self.branches):
            entries = tuple(
                entry if (e.seq, e.hash) == (entry.seq, entry.hash) else e for e in branch.entries
            )
            self.branches[index] = MemoryBranch(branch.prev, entries)
