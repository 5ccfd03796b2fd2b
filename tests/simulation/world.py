"""Phones, two nodes and the centre, and everything that can happen to them, one verb each.

Whoever drives it (a seed, or hypothesis) chooses; the world carries out and tells the checker.
Every fault is nature's; whatever the program does of itself is the real code of sync/.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sync.messages import Answer, Garbled
from sync.receiver import Receiver
from sync.sender import Sender
from tests.simulation.checks import Watch
from tests.simulation.history import History, Saved
from tests.simulation.memory_backend import MemoryBackend
from tests.simulation.phone import RETENTION, Phone
from tests.simulation.scribe import LATE_PLACE, PLACES, Scribe
from tests.simulation.server import Server, push_body
from tests.simulation.wire import Reply, Request, Wire
from tests.support.memory_store import Pusher

START = datetime(2019, 5, 3, 18, 0, tzinfo=UTC)
HOMES = {"alice": "node-a", "bob": "node-a", "sara": "node-b", "charlie": "centre"}
PHONES_MAX = 6
REQUESTS_MAX = 60  # of one phone in one go


def random_log(phone: Phone, count: int) -> str:
    """128 bits that nothing but the storage instance decides."""
    return sha256(f"{phone.name} {count}".encode()).hexdigest()[:32]


class Killed(BaseException):
    """A nightly job was killed with SIGKILL in the middle of a request."""


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
    def __init__(
        self, servers: list[Server], centre_key: str, rules: Rules, phones: tuple[str, ...]
    ) -> None:
        self.rules = rules
        self.centre_key = centre_key
        self.now = START
        self.wire = Wire()
        self.history = History()
        self.scribe = Scribe()
        self.servers = {server.name: server for server in servers}
        self.watch = Watch(self.history, inside=self.rules.inside)
        self.phones: list[Phone] = []
        self.copies: dict[str, list[tuple[datetime, object]]] = {}
        self.trace: list[tuple] = []
        self._made = self._taps = 0
        self._reentered: set[bytes] = set()
        for server in servers:
            self.watch.see_all(server)
        for name in phones:
            self._add_phone(name, name, HOMES[name]).start("new")

    # What users and the app do

    def write(self, phone: int, kind: str) -> None:
        """The user records something and is told that it is saved."""
        self._taps += 1
        self._save(self._phone(phone), kind, tap=self._taps)

    def send(self, phone: int, tab: int, most: int) -> bool:
        """One tab puts its next request on the wire; False if it has nothing to send."""
        who = self._phone(phone)
        who.storage.log.now = (self.now + who.skew).isoformat()
        sections = who.request(tab, most)
        if sections:
            body = push_body(sections)
            self.wire.send(Request(who.name, who.device, who.home, tab, body))
        return bool(sections)

    def ask(self, phone: int) -> None:
        """The app asks its home store where things stand."""
        who = self._phone(phone)
        logs = (who.storage.current,)
        self.wire.send(Request(who.name, who.device, who.home, 0, logs=logs))

    def let_go(self, phone: int) -> None:
        """The app lets go of what it may."""
        who = self._phone(phone)
        before = who.storage.digests()
        who.let_go()
        gone = before - who.storage.digests() - self._held_by_phones()
        self.history.gone("phone", gone, by_nature=False)
        self.check_held()

    def contact(self, phone: int) -> bool:
        """A good moment: the app asks, sends all it has, and asks again; False if it never ends."""
        self.ask(phone)
        self._exchange()
        for _ in range(REQUESTS_MAX):
            if not self.send(phone, 0, 2_000):
                self.ask(phone)
                self._exchange()
                return True
            if not self._exchange():
                return True
        return False

    def desk(self, store: str) -> None:
        """A supervisor comments on a record, in the store's own log."""
        rids = [each.rid for each in self.history.saved.values()]
        rid, payload = self.scribe.write(
            "comment", at=self.now, by="sara", org="polisen", ref=rids[-1] if rids else None
        )
        digest = sha256(payload).digest()
        self.watch.authored.add(digest)
        server = self.servers[store]
        server.backend.write(payload, self.now)
        self._taps += 1
        self.history.save(Saved(digest, rid, self._taps, store, server.role))
        self.watch.see_all(server)

    # What the network does

    def deliver(self, index: int, chunk: int = 1 << 16, cut: float = 1.0) -> None:
        """A request arrives, perhaps only its first part."""
        request = self.wire.requests.pop(index % len(self.wire.requests))
        self._arrive(request, chunk, cut)

    def replay(self, index: int) -> None:
        """An old request arrives once more; its answer may reach the phone as well."""
        self._arrive(self.wire.old[index % len(self.wire.old)], 1 << 16, 1.0)

    def answer(self, index: int) -> None:
        """An answer reaches its phone."""
        reply = self.wire.replies.pop(index % len(self.wire.replies))
        for phone in self.phones:
            if phone.name == reply.request.phone:
                self._hear(phone, reply)

    def lose_request(self, index: int) -> None:
        del self.wire.requests[index % len(self.wire.requests)]

    def lose_answer(self, index: int) -> None:
        del self.wire.replies[index % len(self.wire.replies)]

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

    # What stores do of themselves

    def nightly(self, node: str, centre: object) -> bool:
        """The node's nightly job, over a line that may fail; True if all is at the centre."""
        try:
            done = self.servers[node].backend.nightly(centre)
        except Killed:
            done = False
        self.watch.see_all(self.servers[node])
        return done

    def update_reference(self, store: str) -> None:
        """The place that patrols already use becomes known here."""
        self.servers[store].backend.update_reference((*PLACES, LATE_PLACE))

    # What nature does

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def skew(self, phone: int, hours: int) -> None:
        self._phone(phone).skew = timedelta(hours=hours)

    def crash(self, store: str, section: int) -> None:
        """The store is killed at that section of its next push."""
        self.servers[store].crash = section

    def copy_store(self, store: str) -> None:
        self.copies.setdefault(store, []).append((self.now, self.servers[store].backend.copy()))

    def restore_store(self, store: str, index: int, told: bool) -> bool:
        """Put a copy back; `told`: with a new `inc`, as the restore command does.

        A centre's copy is never older than the retention window: that is what it is for.
        """
        usable = [
            copy for at, copy in self.copies.get(store, ()) if store != "centre" or self._fresh(at)
        ]
        if not usable:
            return False
        server = self.servers[store]
        before = self.watch.digests(server)
        self._made += 1
        inc = f"{store}-{self._made}" if told or store == "centre" else None
        server.backend.put(usable[index % len(usable)], inc)
        self.watch.forget(server)
        self.watch.see_all(server)
        gone = before - self.watch.digests(server)
        self.history.gone(server.role, gone, by_nature=True)
        self.check_held()
        return True

    def copy_phone(self, phone: int) -> None:
        who = self._phone(phone)
        self.copies.setdefault(who.name, []).append((self.now, who.storage.copy()))

    def restore_phone(self, phone: int, index: int) -> bool:
        who = self._phone(phone)
        copies = self.copies.get(who.name)
        if copies:
            self._replace(who, lambda: who.put(copies[index % len(copies)][1].copy()))
        return bool(copies)

    def evict(self, phone: int) -> None:
        who = self._phone(phone)
        self._replace(who, who.wipe)

    def clone(self, phone: int) -> bool:
        """The phone's storage now lives in two phones, which share a token."""
        if len(self.phones) >= PHONES_MAX:
            return False
        who = self._phone(phone)
        twin = self._add_phone(f"{who.name}+{len(self.phones)}", who.device, who.home)
        twin.put(who.storage.copy())
        return True

    # What the checker asks

    def contents(self, server: str) -> set[bytes]:
        return self.watch.digests(self.servers[server])

    def check_held(self) -> None:
        """I0: whatever was called saved is held by somebody."""
        stores = set().union(*(self.watch.digests(s) for s in self.servers.values()))
        self.history.still_held(stores | self._held_by_phones())

    def _held_by_phones(self) -> set[bytes]:
        return set().union(*(phone.storage.digests() for phone in self.phones))

    def _exchange(self) -> bool:
        """What was sent last arrives, and is answered unless the store dies of it."""
        replies = len(self.wire.replies)
        self.deliver(-1)
        answered = len(self.wire.replies) > replies
        if answered:
            self.answer(-1)
        return answered

    def _back_from_disk(self, server: Server) -> None:
        before = self.watch.digests(server)
        server.backend.power_cut()
        if not self.rules.inside:
            self.watch.forget(server)
        self.watch.see_all(server)
        self.history.gone(server.role, before - self.watch.digests(server), by_nature=False)
        self.check_held()

    def _replace(self, phone: Phone, act: Callable[[], None]) -> None:
        before = phone.storage.digests()
        act()
        self.history.gone("phone", before - self._held_by_phones(), by_nature=True)
        self.check_held()

    def _arrive(self, request: Request, chunk: int, cut: float) -> None:
        server = self.servers[request.store]
        pusher = Pusher(request.device, "phone" if request.phone else "node")
        if request.logs:
            body = server.status(list(request.logs), pusher, self.now)
        else:
            whole = request.body[: max(1, int(len(request.body) * cut))]
            body = self.push(server, whole, pusher, chunk)
        if body is not None:
            self.wire.replies.append(Reply(request, body))

    def _hear(self, phone: Phone, reply: Reply) -> None:
        answer = Answer.from_json(reply.body)
        self.trace.append((phone.name, *((r.log, r.r, r.have) for r in answer.logs)))
        if reply.request.logs:
            phone.hear_status(answer)
            return
        try:
            phone.hear(reply.request.tab, answer)
        except Garbled:
            pass  # an answer to a request that this page did not make

    def _add_phone(self, name: str, device: str, home: str) -> Phone:
        phone = self.rules.phone(
            name=name,
            device=device,
            home=home,
            sender=self.rules.sender,
            centre_key=self.centre_key,
            new_log=self._new_log,
            opening=self._opening,
            again=self._write_again,
            claim=self._claim,
        )
        self.phones.append(phone)
        return phone

    def _new_log(self, phone: Phone) -> str:
        self._made += 1
        return self.rules.new_log(phone, self._made)

    def _opening(self, phone: Phone, log: str, reason: str, previous: dict | None) -> bytes:
        payload = self.scribe.opening(
            at=self.now + phone.skew,
            by=phone.device,
            device=phone.device,
            reason=reason,
            previous=previous,
        )
        self.watch.authored.add(sha256(payload).digest())
        return payload

    def _write_again(self, phone: Phone, refused: bytes) -> None:
        """The user is shown what no store takes, and enters the same thing once more, shorter:
        once, however many copies of the phone show it."""
        if refused in self.history.saved and refused not in self._reentered:
            self._reentered.add(refused)
            self._save(phone, "visit", tap=self.history.saved[refused].tap)

    def _save(self, phone: Phone, kind: str, tap: int) -> None:
        visits = phone.storage.visits
        ref = visits[-1] if visits else None
        clock = self.now + phone.skew
        rid, payload = self.scribe.write(kind, at=clock, by=phone.device, org="polisen", ref=ref)
        phone.storage.log.append(kind, payload)
        if kind == "visit":
            visits.append(rid)
        digest = sha256(payload).digest()
        self.watch.authored.add(digest)
        self.history.save(Saved(digest, rid, tap, phone.name, "phone"))

    def _claim(self, phone: str, store: str, inc: str, digests: set[bytes]) -> None:
        self.history.claim(phone, store, inc, digests)

    def _phone(self, index: int) -> Phone:
        return self.phones[index % len(self.phones)]

    def _fresh(self, at: datetime) -> bool:
        return self.now - at < RETENTION
