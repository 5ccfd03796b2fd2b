"""The outbox of a memory store: what a node holds for the centre, and what it believes of it.

Fits sync.nightly.Outbox. Knows nothing of how requests travel.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sync import chain
from sync.messages import Answer, Compare, Line, Via
from sync.ports import Entry, Source
from sync.steps import Behind, Branch, Sent, Step
from tests.support.memory import MemoryBranch, MemoryLog
from tests.support.memory_store import MemoryStore


@dataclass
class HeldSource:
    """A log, or one branch of it, as a relay sends it on."""

    log: str
    base: int
    head: int
    via: Via | None
    entries: Mapping[int, Entry]
    hashes: Mapping[int, bytes]
    now: str = "2019-05-03T18:00:00Z"
    app: str = "1.0.0"
    unsent: int = 0

    def hash_at(self, seq: int) -> bytes | None:
        entry = self.entries.get(seq)
        return entry.hash if entry else self.hashes.get(seq)

    def next_held(self, seq: int) -> int | None:
        return min((held for held in self.entries if held >= seq), default=None)

    def lines(self, first: int, most: int, room: int) -> list[Line]:
        lines: list[Line] = []
        for seq in range(first, first + most):
            entry = self.entries.get(seq)
            if entry is None:
                break
            room -= 66 if entry.payload is None else len(entry.payload) + 1
            if room < 0:
                break
            lines.append(Line(entry.digest, entry.payload))
        return lines


@dataclass
class MemoryOutbox:
    """A view of `store`; what it learns is kept in the store, and so copied with it."""

    store: MemoryStore

    def sources(self) -> Iterable[Source]:
        believed = self.store.believed
        logs = self.store.logs.values()
        return [_main(log) for log in logs if believed.get(log.log, 0) < log.have]

    def known(self) -> Mapping[str, int]:
        return dict(self.store.believed)

    def held(self, log: str) -> Source | None:
        kept = self.store.logs.get(log)
        return _main(kept) if kept and kept.have else None

    def forks(self, log: str) -> Iterable[Source]:
        kept = self.store.logs.get(log)
        return [_fork(kept, branch) for branch in kept.branches] if kept else []

    def lines(self) -> Iterable[Compare]:
        return self.store.lines()

    def learn(self, answer: Answer, steps: list[tuple[Source, Step]]) -> None:
        store = self.store
        for source, step in steps:
            self._believe(source, step)
        for result in answer.logs:
            if result.up is not None:
                r = "fork" if result.log in store.forked else result.up.r
                store.ups[result.log] = replace(result.up, r=r)

    def lower(self, log: str, have: int) -> None:
        self.store.believed[log] = have

    def _believe(self, source: Source, step: Step) -> None:
        store = self.store
        match step:
            case Sent(have) | Behind(have):
                store.believed[source.log] = have
                store.forked.discard(source.log)
            case Branch():
                # Nothing is left to do for the main log but what the branch does.
                store.believed[source.log] = source.head
                store.forked.add(source.log)


def _main(log: MemoryLog) -> HeldSource:
    hashes = {0: chain.genesis(log.log), log.base: log.base_hash}
    return HeldSource(log.log, log.base, log.have, _via(log), log.entries, hashes)


def _fork(log: MemoryLog, branch: MemoryBranch) -> HeldSource:
    entries = {entry.seq: entry for entry in branch.entries}
    base = branch.entries[0].seq - 1
    return HeldSource(log.log, base, branch.head.seq, _via(log), entries, {base: branch.prev})


def _via(log: MemoryLog) -> Via | None:
    last = log.last
    if last is None:
        return None
    return Via(log.owner, log.heard_at, last.now, last.unsent, last.app)
