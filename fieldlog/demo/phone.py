"""A made-up phone: writes records into its own log and sends them as a real one does.

Knows the protocol's sender, not the network: how a request travels is handed in as `send`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import uuid_utils

from fieldlog.demo import bodies
from fieldlog.demo.author import AuthorLog
from sync import records, rotation
from sync.conversation import Conversation
from sync.http import TooLarge
from sync.messages import Answer, Section
from sync.sender import Sender, next_section, releasable
from sync.steps import Behind, NotYours, Rotate, Sent, SetAside, Step


class Stuck(RuntimeError):
    """The store refuses what a sound phone never sends: the test or the store is at fault."""


@dataclass
class Phone:
    """One enrolled phone; `log` is the log it writes now, `old` those it left behind."""

    device: str
    account: str
    org: str
    send: Callable[[list[Section]], Answer]
    log: AuthorLog = field(default_factory=AuthorLog)
    old: list[AuthorLog] = field(default_factory=list)
    known: int = 0
    centre_key: str = ""
    ask: Callable[[list[str]], Answer] | None = None

    def open(self, at: datetime, reason: str = "new", previous: dict | None = None) -> None:
        """The first entry of the log."""
        self.write("open", bodies.opened(self.device, self.log.app, reason, previous), at)

    def write(self, t: str, body: dict, at: datetime, rid: str | None = None) -> str:
        """Write one record; its rid."""
        rid = rid or new_rid(at)
        if not self.log.head and t != "open":
            self.open(at)
        self.log.append(records.compose(t, body, rid=rid, at=at, by=self.account, org=self.org))
        return rid

    def push(self) -> None:
        """Send until nothing is left; rotates when told to. What `send` raises passes through.

        What became of what was sent before is asked first, as a phone does when it wakes.
        """
        self._wake()
        talk = Conversation([self.log], {self.log.log: self.known})
        while sections := talk.request():
            try:
                answer = self.send(sections)
            except TooLarge:
                talk.too_large()
                continue
            self.hear(answer)
            for _, step in talk.hear(answer):
                if self._act(step):
                    return self.push()
        return None

    def push_only(self, most: int) -> None:
        """Get only the next few entries through, as when the signal goes."""
        section = next_section(self.log, self.known, most=most)
        if section is not None:
            self.hear(self.send([section]))
            self.known = section.last

    def hear(self, answer: Answer) -> None:
        """Take the centre's receipt, if one came and its signature holds."""
        for result in answer.logs:
            if result.log == self.log.log and self.centre_key:
                receipted = releasable(self.log, result.up, self.centre_key)
                self.log.received = max(self.log.received, receipted)

    def _wake(self) -> None:
        """A store that was put back to a copy says so here: it knows less than it did."""
        if self.ask is None or not self.log.head:
            return
        answer = self.ask([self.log.log])
        self.hear(answer)
        for result in answer.logs:
            self._act(Sender().weigh(self.log, None, result, role=answer.role))

    def _act(self, step: Step) -> bool:
        """Do what an answer asks for; whether a new log was begun."""
        match step:
            case Sent(have) | Behind(have):
                self.known = have
            case Rotate(why):
                self.rotate(why)
                return True
            case SetAside() | NotYours():
                raise Stuck(f"{step} for log {self.log.log}")
        return False

    def rotate(self, why: str) -> None:
        """A new log with everything still held, byte for byte; the old one is kept."""
        left, self.log, self.known = self.log, AuthorLog(app=self.log.app), 0
        self.old.append(left)
        self.open(datetime.now().astimezone(), why, {"log": left.log, "seq": left.head})
        for payload in rotation.carried_over(left.payloads):
            self.log.append(payload)

    def clone(self) -> "Phone":
        """The same phone a second time, as from a copied or restored storage."""
        return Phone(
            self.device,
            self.account,
            self.org,
            self.send,
            self.log.copy(),
            list(self.old),
            self.known,
            self.centre_key,
            self.ask,
        )


def new_rid(at: datetime) -> str:
    """A UUIDv7 of that moment."""
    return str(uuid_utils.uuid7(nanoseconds=int(at.timestamp() * 1000) * 1_000_000))
