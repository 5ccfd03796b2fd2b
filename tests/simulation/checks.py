"""Looks into the stores after every step and holds what it finds against the invariants.

Reads what a store keeps, computes every hash anew, and remembers what it saw last time. Believes
no answer.
"""

from hashlib import sha256
from struct import pack

from tests.simulation.history import History, Violation
from tests.simulation.server import Server
from tests.support.memory import MemoryLog

Kept = dict[tuple[int, bytes], bytes]  # (seq, hash) → digest, branches included


class Watch:
    """`authored`: digests of all payloads anybody ever wrote. What else turns up was invented.

    `inside`: whether to look at invariants inside a store too. A proof that a rule matters looks
    only at what its absence does to users, which is later and worse.
    """

    def __init__(self, history: History, *, inside: bool = True) -> None:
        self.authored: set[bytes] = set()
        self._inside = inside
        self._history = history
        self._seen: dict[tuple[str, str], Kept] = {}
        self._digests: dict[str, set[bytes]] = {}
        self._logs: dict[str, dict[str, MemoryLog]] = {}

    def see_all(self, server: Server) -> None:
        """Check every log that changed since the last look."""
        before = self._logs.get(server.name, {})
        now = server.backend.look()
        digests = self._digests.setdefault(server.name, set())
        fresh: set[bytes] = set()
        for name, log in now.items():
            if before.get(name) is not log:
                fresh |= self._see(server.name, log)
        self._logs[server.name] = now
        digests |= fresh
        self._history.held(server.name, server.backend.inc, digests)

    def forget(self, server: Server) -> None:
        """The store was replaced by an older copy of itself."""
        self._logs.pop(server.name, None)
        self._digests.pop(server.name, None)
        for key in [key for key in self._seen if key[0] == server.name]:
            del self._seen[key]

    def digests(self, server: Server) -> set[bytes]:
        """All payloads that the store holds."""
        return set(self._digests.get(server.name, ()))

    def logs(self, server: Server) -> dict[str, MemoryLog]:
        return self._logs.get(server.name, {})

    def _see(self, store: str, log: MemoryLog) -> set[bytes]:
        where = f"{store}, log {log.log}"
        if not self._inside:
            return self._payloads(where, log)
        _check_chain(where, log)
        kept: Kept = {(e.seq, e.hash): e.digest for e in log.entries.values()}
        kept.update({(e.seq, e.hash): e.digest for e in log.apart()})
        before = self._seen.get((store, log.log), {})
        for key, digest in before.items():
            if kept.get(key) != digest:
                raise Violation("I4/I8", f"{where}: entry {key[0]} was dropped or changed")
        self._seen[store, log.log] = kept
        return self._payloads(where, log)

    def _payloads(self, where: str, log: MemoryLog) -> set[bytes]:
        held = set()
        for entry in (*log.entries.values(), *log.apart()):
            if entry.payload is None:
                continue
            digest = sha256(entry.payload).digest()
            if digest != entry.digest:
                raise Violation("I4", f"{where}: entry {entry.seq} holds other bytes than its hash")
            if digest not in self.authored:
                raise Violation("I4", f"{where}: entry {entry.seq} was never written by anybody")
            held.add(digest)
        return held


def _check_chain(where: str, log: MemoryLog) -> None:
    """I5 and I6: from `base` to `have` no hole, and the stored head is the fold of the entries."""
    hash_ = log.base_hash
    if log.base == 0 and hash_ != sha256(b"fieldlog/1" + bytes.fromhex(log.log)).digest():
        raise Violation("I6", f"{where}: does not start at its genesis")
    for seq in range(log.base + 1, log.have + 1):
        entry = log.entries.get(seq)
        if entry is None:
            raise Violation("I5", f"{where}: hole at {seq}, base {log.base}, have {log.have}")
        hash_ = sha256(hash_ + pack(">Q", seq) + entry.digest).digest()
        if entry.hash != hash_:
            raise Violation("I6", f"{where}: hash of entry {seq} is not the fold")
    if log.hash != hash_:
        raise Violation("I6", f"{where}: head is not the fold of the entries")
    beyond = [seq for seq in log.entries if seq > log.have]
    if beyond:
        raise Violation("I5", f"{where}: entries beyond have: {beyond}")
