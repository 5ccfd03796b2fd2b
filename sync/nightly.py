"""The nightly job: everything a node holds goes to the centre, and is compared there.

Orchestrates ports; knows neither HTTP nor SQL, and waits only through the `pause` it is given.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sync import blobs, passing, retry
from sync.conversation import Conversation
from sync.http import Refused, TooLarge, Trouble
from sync.messages import LOGS_MAX, Answer, BlobStatus, Compare, Garbled, Section
from sync.ports import Source
from sync.sender import Sender
from sync.steps import Behind, Branch, Broken, Kept, NotYours, Sent, SetAside, Step

ROUNDS_MAX = 4
TRIES_MAX = 6
FAULTS_TOLD = 10
# What was erased by law must be gone before anything else is read again.
BUNDLE_ORDER = ("erased", "devices", "places", "categories", "plan", "conditions", "messages")


class Outbox(Protocol):
    """What a node holds for the centre, and what it believes the centre to have."""

    def sources(self) -> Iterable[Source]:
        """Every main log that the centre isn't believed to have whole."""

    def known(self) -> Mapping[str, int]:
        """log → entries the centre is believed to have."""

    def held(self, log: str) -> Source | None:
        """The main log by its id; None if it isn't here."""

    def forks(self, log: str) -> Iterable[Source]:
        """The branches kept of a log, each as a source of its own (`base` = first − 1)."""

    def lines(self) -> Iterable[Compare]:
        """Last seq and hash of every log and every kept branch."""

    def learn(self, answer: Answer, steps: list[tuple[Source, Step]]) -> None:
        """Keep what the centre said: each log's receipt and quarantine, up_r on Branch."""

    def lower(self, log: str, have: int) -> None:
        """The centre has less of a log than was believed."""


class Shelf(Protocol):
    """The bundles of reference data a node keeps."""

    def has(self, name: str, sha256: str) -> bool: ...

    def apply(self, name: str, body: bytes) -> None: ...


class Centre(Protocol):
    """What the job asks of the centre; `sync.http.Peer` is one."""

    def status(self, logs: Iterable[str] = ()) -> Answer: ...

    def push(self, sections: Iterable[Section]) -> Answer: ...

    def compare(self, lines: Iterable[Compare]) -> list[Compare]: ...

    def digest(self) -> str: ...

    def ref(self, name: str, sha256_hex: str) -> bytes: ...

    def rescue(self, file: bytes) -> dict[str, Any]: ...

    def blob_status(self, sha256_hex: str) -> BlobStatus: ...

    def blob_part(self, sha256_hex: str, offset: int, length: int, part: bytes) -> BlobStatus: ...


@dataclass(slots=True)
class Night:
    """What one run did. `outcome`: ok (all is at the centre), remark, or failed."""

    outcome: str = "failed"
    sent: int = 0  # entries the centre took or already had
    verified: int = 0  # logs and branches found equal there
    refused: int = 0  # logs it would not take
    requests: int = 0
    rounds: int = 0
    digest: str | None = None  # the centre's, hex
    bundles: list[str] = field(default_factory=list)  # fetched anew
    differing: list[str] = field(default_factory=list)  # logs not settled
    photos: int = 0  # brought to the centre, or found there
    rescues: int = 0  # rescue files handed on
    remark: str | None = None


Report = Callable[[str, int, int], Any]  # stage, done, of how many


def run(
    outbox: Outbox,
    peer: Centre,
    report: Report = lambda *_: None,
    *,
    shelf: Shelf | None = None,
    files: passing.Shelf | None = None,
    photos: blobs.Holdings | None = None,
    pause: Callable[[float], Any] = lambda _: None,
    chance: Callable[[], float] = lambda: 0.5,
) -> Night:
    """One night. Never raises what the network or the centre did: that is its outcome."""
    night = Night()
    job = _Job(outbox, _Patient(peer, pause, chance, night), report, night)
    try:
        hello = job.greet()
        if shelf is not None:
            job.fetch(shelf, hello)
        job.drain()
        if files is not None:
            job.pass_on(files, hello)
        job.refresh()
        night.digest = job.peer.ask("digest")
        if photos is not None:
            job.carry(photos)
    except (Trouble, Refused, TooLarge, Garbled) as error:
        night.remark = str(error)
        return night
    night.outcome = "remark" if night.differing or night.refused or night.remark else "ok"
    return night


class _Patient:
    """The centre, asked again after trouble, a bounded number of times in a row."""

    def __init__(
        self, peer: Centre, pause: Callable[[float], Any], chance: Callable[[], float], night: Night
    ) -> None:
        self._peer, self._pause, self._chance, self._night = peer, pause, chance, night

    def ask(self, verb: str, *args: Any) -> Any:
        for attempt in range(TRIES_MAX):
            self._night.requests += 1
            try:
                return getattr(self._peer, verb)(*args)
            except Trouble as trouble:
                if attempt == TRIES_MAX - 1:
                    raise
                self._pause(retry.backoff(attempt, self._chance(), trouble.after))
        raise AssertionError("unreachable")


class _Job:
    """The steps of a night, and what it has seen to be safe at the centre."""

    def __init__(self, outbox: Outbox, peer: _Patient, report: Report, night: Night) -> None:
        self.outbox, self.peer, self.report, self.night = outbox, peer, report, night
        self._sender = Sender()
        self._safe: set[tuple[str, int, bytes | None]] = set()

    def greet(self) -> Answer:
        """Who answers, and which bundles it has. A centre in another life than before needs
        nothing more: the comparison finds what it lacks."""
        hello = self.peer.ask("status")
        self.outbox.learn(hello, [])
        return hello

    def fetch(self, shelf: Shelf, hello: Answer) -> None:
        """New bundles; one that makes no sense is remarked on and does not stop the records."""
        order = {name: place for place, name in enumerate(BUNDLE_ORDER)}
        names = sorted(hello.ref, key=lambda name: order.get(name, len(order)))
        for name in names:
            if shelf.has(name, hello.ref[name]):
                continue
            body = self.peer.ask("ref", name, hello.ref[name])
            try:
                shelf.apply(name, body)
            except ValueError as error:
                self.night.remark = f"bundle {name}: {error}"
            else:
                self.night.bundles.append(name)

    def pass_on(self, files: passing.Shelf, hello: Answer) -> None:
        """Rescue files that phones left here; one that is refused stays, and is remarked on."""
        done = passing.pass_on(files, lambda file: self.peer.ask("rescue", file), hello.inc)
        self.night.rescues = len(done.taken)
        for sha256, code in done.refused.items():
            self.night.remark = f"rescue file {sha256[:8]}: {code}"

    def carry(self, photos: blobs.Holdings) -> None:
        """Photos, last of all: no record waits for one."""
        told = blobs.carry(photos, self.peer.ask, self.report)
        self.night.photos = told.sent
        if told.faults:
            self.night.remark = "; ".join(told.faults[:FAULTS_TOLD])
        elif told.waiting:
            self.night.remark = f"{told.waiting} photos are not at the centre yet"

    def drain(self) -> None:
        """Push, compare, lower, until nothing is left to do or the rounds are used up."""
        differing: set[str] = set()
        for _ in range(ROUNDS_MAX):
            self.night.rounds += 1
            self._push(list(self.outbox.sources()), self.outbox.known())
            differing = self._compare()
            if not self._settle(differing):
                break
        self.night.differing = sorted(log for log in differing if not self._settled(log))

    def _push(
        self, sources: list[Source], known: Mapping[str, int], *, apart: bool = False
    ) -> None:
        talk = Conversation(sources, known, author=False, apart=apart, sender=self._sender)
        total = sum(each.head - (0 if apart else known.get(each.log, 0)) for each in sources)
        done = 0
        while sections := talk.request():
            try:
                answer = self.peer.ask("push", sections)
            except TooLarge:
                self._note(talk.too_large())
                continue
            steps = talk.hear(answer)
            self.outbox.learn(answer, steps)
            self._note(steps)
            done += sum(len(section.lines) for section in sections)
            self.night.sent += sum(len(section.lines) for section in sections)
            self.report("push", done, max(done, total))

    def _note(self, steps: list[tuple[Source, Step]]) -> None:
        for source, step in steps:
            match step:
                case Sent(upto) | Kept(upto) if upto >= source.head:
                    self._safe.add(_mark(source))
                case SetAside() | NotYours() | Broken():
                    self.night.refused += 1

    def _compare(self) -> set[str]:
        """The logs about which the two stores differ."""
        lines = list(self.outbox.lines())
        answer = self.peer.ask("compare", lines)
        logs = {line.log for line in answer}
        self.night.verified = sum(line.log not in logs for line in lines)
        self.report("compare", self.night.verified, len(lines))
        return logs

    def _settle(self, logs: set[str]) -> bool:
        """Act on what differs; True if that gave the next round something to find out."""
        lowered, apart = False, []
        doubtful = [log for log in sorted(logs) if not self._settled(log)]
        for source, step in self._ask_about(doubtful):
            match step:
                case Branch():
                    apart.append(source)
                case Sent(have) | Behind(have) if have < source.head:
                    self.outbox.lower(source.log, have)
                    lowered = True
                case _:
                    self._note([(source, step)])
            apart.extend(self.outbox.forks(source.log))
        apart = [source for source in apart if _mark(source) not in self._safe]
        self._push(apart, {}, apart=True)
        return lowered or bool(apart)

    def _ask_about(self, logs: list[str]) -> list[tuple[Source, Step]]:
        """What the centre's main chain of each log means for ours."""
        held = [source for log in logs if (source := self.outbox.held(log)) is not None]
        weighed = []
        for some in _by_request(held):
            answer = self._status([each.log for each in some])
            steps = [
                (source, self._sender.weigh(source, None, result, role="centre", author=False))
                for source, result in zip(some, answer.logs, strict=True)
            ]
            self.outbox.learn(answer, steps)
            weighed.extend(steps)
        return weighed

    def refresh(self) -> None:
        """The centre's receipts and quarantine of every log, for the phones that ask here."""
        logs = sorted({line.log for line in self.outbox.lines()})
        for some in _by_request(logs):
            self.outbox.learn(self._status(some), [])

    def _status(self, logs: list[str]) -> Answer:
        answer = self.peer.ask("status", logs)
        if [each.log for each in answer.logs] != logs:
            raise Garbled("the centre answered about other logs than it was asked about")
        return answer

    def _settled(self, log: str) -> bool:
        """All we hold of the log was seen at the centre tonight; more than that may be there."""
        main = self.outbox.held(log)
        mine = ([main] if main is not None else []) + list(self.outbox.forks(log))
        return all(_mark(source) in self._safe for source in mine)


def _by_request(items: list[Any]) -> Iterable[list[Any]]:
    return (items[start : start + LOGS_MAX] for start in range(0, len(items), LOGS_MAX))


def _mark(source: Source) -> tuple[str, int, bytes | None]:
    return source.log, source.head, source.hash_at(source.head)
