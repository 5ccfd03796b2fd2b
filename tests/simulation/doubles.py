"""Doubles of the code under test, each with one rule of the protocol left out.

For proofs that the rule matters and that the simulation would notice. Nothing else uses them.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sync import chain
from sync.messages import Answer, Result, Section, Up
from sync.ports import Entry, Ledger, Source
from sync.receiver import Receiver
from sync.sender import Sender
from sync.steps import Step
from tests.simulation.author import AuthorLog
from tests.simulation.memory_backend import MemoryBackend
from tests.simulation.phone import RETENTION, Phone
from tests.support.memory_outbox import MemoryOutbox
from tests.support.memory_store import MemoryStore, Pusher

FLUSHED_EVERY = 40


class NoFastForward(Receiver):
    """A restored node waits for what its phones have let go."""

    def may_fast_forward(self, section: Section, ledger: Ledger, role: str) -> bool:
        return False


class NumbersOnly(Receiver):
    """Entries are known by their number alone: no hash is compared on the way in."""

    def parts_at_prev(self, section: Section, ledger: Ledger) -> bool:
        return False

    def breaks_its_word(self, section: Section, hashes: list[bytes]) -> bool:
        return False

    def parting(self, section: Section, ledger: Ledger, hashes: list[bytes]) -> int | None:
        return None


class BranchDropped(Receiver):
    """What does not fit the own chain is answered as if it were kept, and thrown away."""

    def _keep_apart(
        self, section: Section, ledger: Ledger, pusher: str, entries: list[Entry], prev: bytes
    ) -> None:
        pass


class NoCompare(Sender):
    """Looks at the number in an answer, not at the hash."""

    def parts(self, source: Source, have: int, hash_: bytes) -> bool:
        return False

    def is_ahead(self, source: Source, have: int) -> bool:
        return False

    def releasable(self, source: Source, up: Up | None, public_key: str) -> int:
        return 0 if up is None else min(up.have, source.head)


class RetryingPhone(Phone):
    """Sends the same again where it should begin a new log."""

    def rotate(self, why: str, without: int | None = None) -> None:
        pass


class HastyPhone(Phone):
    """Lets go as soon as its home store has answered."""

    def _act(self, log: AuthorLog, step: Step, result: Result, answer: Answer) -> None:
        super()._act(log, step, result, answer)
        log.let_go(self.storage.known.get((self.home, self.storage.inc, log.log), 0))


class ForgetfulPhone(Phone):
    """Lets go at the centre's first receipt, without a retention window."""

    def let_go(self, log: AuthorLog, have: int, now: datetime) -> None:
        log.let_go(have)


class TrustingPhone(Phone):
    """Lets go by what was signed long ago, though nobody confirms it now."""

    def _act(self, log: AuthorLog, step: Step, result: Result, answer: Answer) -> None:
        super()._act(log, step, result, answer)
        log.let_go(log.ripe(datetime.fromisoformat(answer.now) - RETENTION))


def derived_log(phone: Phone, count: int) -> str:
    """The log's id follows from the device."""
    return sha256(phone.device.encode()).hexdigest()[:32]


class LazyBackend(MemoryBackend):
    """Answers before it is on disk: a power cut takes whatever came since the last flush."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._disk, self._unflushed = self.store.copy(), 0

    def accept(self, section: Section, pusher: Pusher, now: Any) -> Result:
        result = super().accept(section, pusher, now)
        self._unflushed += 1
        if self._unflushed >= FLUSHED_EVERY:
            self._disk, self._unflushed = self.store.copy(), 0
        return result

    def put(self, copy: MemoryStore, inc: str | None) -> None:
        super().put(copy, inc)
        self._disk, self._unflushed = self.store.copy(), 0

    def power_cut(self) -> None:
        self.store = self._disk.copy()


class RefusingBackend(MemoryBackend):
    """Refuses for good what it would have to keep in quarantine."""

    def accept(self, section: Section, pusher: Pusher, now: Any) -> Result:
        hashes = chain.fold(section.prev, section.first, [line.digest for line in section.lines])
        for seq, (line, hash_) in enumerate(zip(section.lines, hashes, strict=True), section.first):
            if self._judge(pusher.id, Entry(seq, line.digest, hash_, line.payload)):
                log = self.store.logs.get(section.log)
                have, own = (log.have, log.hash) if log else (0, chain.genesis(section.log))
                return Result(section.log, "too_large", have, own, seq=seq)
        return super().accept(section, pusher, now)


class StubbornOutbox(MemoryOutbox):
    """Never believes that the centre has less than it once had."""

    def lower(self, log: str, have: int) -> None:
        pass

    def learn(self, answer: Answer, steps: list[tuple[Source, Step]]) -> None:
        before = dict(self.store.believed)
        super().learn(answer, steps)
        for log, have in before.items():
            self.store.believed[log] = max(have, self.store.believed.get(log, 0))


class StubbornBackend(MemoryBackend):
    outbox = StubbornOutbox
