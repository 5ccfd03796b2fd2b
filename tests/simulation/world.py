"""Phones, two nodes and the centre, with what the checker knows of them.

What happens in it stands in acts (users and programs), network and faults. Whoever drives it, a
seed or hypothesis, chooses; whatever the program does of itself is the real code of sync/.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from sync.receiver import Receiver
from sync.sender import Sender
from tests.simulation.checks import Watch
from tests.simulation.history import History, Saved
from tests.simulation.memory_backend import MemoryBackend
from tests.simulation.phone import Phone
from tests.simulation.scribe import Scribe
from tests.simulation.server import Server
from tests.simulation.wire import Wire
from tests.support.memory_store import Pusher

START = datetime(2019, 5, 3, 18, 0, tzinfo=UTC)
HOMES = {"alice": "node-a", "bob": "node-a", "sara": "node-b", "charlie": "centre"}
NODES = ("node-a", "node-b")
ORG = "polisen"


def random_log(phone: Phone, count: int) -> str:
    """128 bits that nothing but the storage instance decides."""
    return sha256(f"{phone.name} {count}".encode()).hexdigest()[:32]


@dataclass
class Rules:
    """The code under test. A proof replaces one of these to switch a rule off."""

    sender: Sender = field(default_factory=Sender)
    receiver: Receiver = field(default_factory=Receiver)
    phone: type[Phone] = Phone
    backend: Callable[..., object] = MemoryBackend
    new_log: Callable[[Phone, int], str] = random_log
    inside: bool = True  # whether the checker looks inside the stores as well


class World:
    """`phones` names those of HOMES that take part."""

    def __init__(
        self, servers: list[Server], centre_key: str, rules: Rules, phones: tuple[str, ...]
    ) -> None:
        self.rules, self.centre_key = rules, centre_key
        self.now = START
        self.wire, self.history, self.scribe = Wire(), History(), Scribe()
        self.servers = {server.name: server for server in servers}
        self.watch = Watch(self.history, inside=rules.inside)
        self.phones: list[Phone] = []
        self.copies: dict[str, list[tuple[datetime, object]]] = {}
        self.trace: list[tuple] = []
        self.kinds: dict[bytes, str] = {}  # digest → what the user meant to write
        self._made = self._taps = 0
        self._reentered: set[bytes] = set()
        for server in servers:
            self.watch.see_all(server)
        for name in phones:
            self.add_phone(name, name, HOMES[name]).start("new")

    def phone(self, index: int) -> Phone:
        return self.phones[index % len(self.phones)]

    def add_phone(self, name: str, device: str, home: str) -> Phone:
        """One more phone, with an empty storage."""
        phone = self.rules.phone(
            name=name,
            device=device,
            home=home,
            sender=self.rules.sender,
            centre_key=self.centre_key,
            new_log=lambda phone: self.rules.new_log(phone, self.count()),
            opening=self._opening,
            again=self._write_again,
            claim=self.history.claim,
        )
        self.phones.append(phone)
        return phone

    def save(self, phone: Phone, kind: str, tap: int | None = None) -> None:
        """`phone` writes a record of that kind and tells its user that it is saved."""
        visits = phone.storage.visits
        ref = visits[-1] if visits else None
        at = self.now + phone.skew
        rid, payload = self.scribe.write(kind, at=at, by=phone.device, org=ORG, ref=ref)
        phone.storage.log.append(kind, payload)
        if kind == "visit":
            visits.append(rid)
        self.kinds[sha256(payload).digest()] = kind
        self.note_saved(payload, rid, phone.name, "phone", tap)

    def note_saved(
        self, payload: bytes, rid: str, author: str, origin: str, tap: int | None = None
    ) -> None:
        """Tell the checker that this is saved; `tap`: the act that it was already the result of."""
        self._taps += 1
        digest = sha256(payload).digest()
        self.watch.authored.add(digest)
        self.history.save(Saved(digest, rid, tap or self._taps, author, origin))

    def push(
        self, server: Server, body: bytes, pusher: Pusher, chunk: int = 1 << 16
    ) -> bytes | None:
        """The server takes in a push, or dies of it: then what it had on disk is what it has."""
        answer = server.push(body, pusher, self.now, chunk)
        if server.died:
            server.died = False
            self._back_from_disk(server)
        else:
            self.watch.see_all(server)
        return answer

    def check_held(self) -> None:
        """I0: whatever was called saved is held by somebody."""
        stores = set().union(*(self.watch.digests(s) for s in self.servers.values()))
        self.history.still_held(stores | self.held_by_phones())

    def held_by_phones(self) -> set[bytes]:
        return set().union(*(phone.storage.digests() for phone in self.phones))

    def count(self) -> int:
        self._made += 1
        return self._made

    def _back_from_disk(self, server: Server) -> None:
        before = self.watch.digests(server)
        server.backend.power_cut()
        if not self.rules.inside:
            self.watch.forget(server)
        self.watch.see_all(server)
        self.history.gone(server.role, before - self.watch.digests(server), by_nature=False)
        self.check_held()

    def _opening(self, phone: Phone, reason: str, previous: dict | None) -> bytes:
        at, device = self.now + phone.skew, phone.device
        payload = self.scribe.opening(
            at=at, by=device, device=device, reason=reason, previous=previous
        )
        self.watch.authored.add(sha256(payload).digest())
        return payload

    def _write_again(self, phone: Phone, refused: bytes) -> None:
        """The user is shown what no store takes, and enters the same thing once more, shorter:
        once, however many copies of the phone show it."""
        if refused in self.history.saved and refused not in self._reentered:
            self._reentered.add(refused)
            self.save(phone, "visit", tap=self.history.saved[refused].tap)
