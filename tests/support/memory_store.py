"""A whole store in memory, with the shape of fieldlog.store.logs: accept, results, compare.

Knows nothing of SQL or HTTP. Its projection is the set of records by rid; validation is the real
one of sync, against reference data that a test may change at will.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from sync import chain, receipts
from sync.messages import Compare, Quarantined, Result, Section, Up, compare
from sync.ports import Entry
from sync.receiver import Receiver
from tests.support.memory import MemoryLog


@dataclass(frozen=True)
class Pusher:
    """The device that a token belongs to."""

    id: str
    kind: str = "phone"


Judge = Callable[[str, Entry], tuple[str, str] | None]


@dataclass
class MemoryStore:
    """`judge(owner, entry)` gives the code and message of a quarantine, or None."""

    name: str
    role: str
    inc: str
    judge: Judge
    key: str | None = None  # the centre's private key, PEM
    receiver: Receiver = field(default_factory=Receiver)
    logs: dict[str, MemoryLog] = field(default_factory=dict)
    # What a node believes of the centre, and passes on to its phones.
    ups: dict[str, Up] = field(default_factory=dict)
    believed: dict[str, int] = field(default_factory=dict)
    forked: set[str] = field(default_factory=set)

    def accept(self, section: Section, pusher: Pusher, now: datetime) -> Result:
        """One section in one transaction: an exception leaves what was there before."""
        trial = (
            self.logs[section.log].copy() if section.log in self.logs else MemoryLog(section.log)
        )
        result = self.receiver.receive(
            section, trial, pusher=pusher.id, role=self.role, relays=pusher.kind == "node"
        )
        if trial.last is section:
            trial.heard_at = now.isoformat()
        if trial.owner is not None and trial != self.logs.get(section.log):
            self.logs[section.log] = trial
        if result.r == "not_yours":
            return result
        return self._dressed(result, now)

    def results(self, logs: Iterable[str], pusher: Pusher, now: datetime) -> list[Result]:
        """The status of each log, an unknown one (or another's) as if it were empty."""
        return [self._status(log, pusher, now) for log in logs]

    def write(self, payload: bytes, now: datetime) -> set[bytes]:
        """One entry more in the store's own log; gives the digests of all of that log."""
        name = sha256(f"{self.name}'s own".encode()).hexdigest()[:32]
        log = self.logs[name].copy() if name in self.logs else MemoryLog(name, owner=self.name)
        digest = chain.digest(payload)
        hash_ = chain.link(log.hash, log.have + 1, digest)
        log.append([Entry(log.have + 1, digest, hash_, payload)])
        self.logs[name] = log
        return {entry.digest for entry in log.entries.values()}

    def compare(self, lines: Iterable[Compare], pusher: Pusher) -> list[Compare]:
        """Own values of what is not held here, and own ends that were not named; empty only if
        both hold the same of the logs that came from `pusher` or through it."""
        named = list(lines)
        lacking = {line.log for line in named if not self._holds(line)}
        concerned = {line.log for line in named} | set(self._logs_of(pusher))
        unnamed = [e for e in self.lines() if e.log in concerned and e not in set(named)]
        told = {line.log for line in unnamed}
        return unnamed + [self._own(log) for log in sorted(lacking - told)]

    def lines(self, logs: Iterable[str] | None = None) -> list[Compare]:
        """One line a log and one a kept branch."""
        chosen = self.logs.values() if logs is None else [self.logs[name] for name in logs]
        out = [Compare(log.log, log.have, log.hash) for log in chosen if log.have]
        for log in chosen:
            out += [Compare(log.log, each.head.seq, each.head.hash) for each in log.branches]
        return out

    def digest(self, pusher: Pusher) -> str:
        return compare.digest(self.lines(self._logs_of(pusher))).hex()

    def quarantined(self, log: MemoryLog) -> tuple[Quarantined, ...]:
        """Every entry of the log's own chain that now stands in quarantine."""
        here = (entry for _, entry in sorted(log.entries.items()) if entry.payload is not None)
        found = ((entry.seq, self.judge(log.owner, entry)) for entry in here)
        return tuple(Quarantined(seq, *verdict) for seq, verdict in found if verdict)

    def copy(self) -> "MemoryStore":
        logs = {name: log.copy() for name, log in self.logs.items()}
        return replace(
            self,
            logs=logs,
            ups=dict(self.ups),
            believed=dict(self.believed),
            forked=set(self.forked),
        )

    def _status(self, log: str, pusher: Pusher, now: datetime) -> Result:
        held = self.logs.get(log)
        if held is None or (held.owner != pusher.id and pusher.kind != "node"):
            return Result(log, "ok", 0, chain.genesis(log))
        return self._dressed(Result(log, "ok", held.have, held.hash), now)

    def _dressed(self, result: Result, now: datetime) -> Result:
        """With `q` and `up`, as the answer carries them."""
        held = self.logs.get(result.log)
        q = self.quarantined(held) if held else ()
        up = self.ups.get(result.log) if self.role == "node" else self._signed(result, q, now)
        return replace(result, q=q, up=up)

    def _signed(self, result: Result, q: tuple[Quarantined, ...], now: datetime) -> Up:
        at = now.isoformat()
        sig = receipts.sign(self.key, result.log, result.have, result.hash, self.inc, at)
        return Up("ok", result.have, result.hash, self.inc, at, sig, q)

    def _logs_of(self, pusher: Pusher) -> list[str]:
        held = self.logs.values()
        return [log.log for log in held if pusher.id in (log.owner, log.via_node)]

    def _holds(self, line: Compare) -> bool:
        log = self.logs.get(line.log)
        return log is not None and log.holds(line.have, line.hash)

    def _own(self, name: str) -> Compare:
        log = self.logs.get(name) or MemoryLog(name)
        return Compare(name, log.have, log.hash)
