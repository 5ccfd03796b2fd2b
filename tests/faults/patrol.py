"""A patrol with its phone: the real sender, and histories of what was acknowledged to it.

Knows nothing of how a line or a store is broken.
"""

import json
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from random import Random

from fieldlog.demo import bodies
from fieldlog.demo.author import AuthorLog
from fieldlog.demo.phone import Phone
from sync.http import Peer, Trouble
from sync.messages import Answer, Section
from sync.sender import weigh
from sync.steps import Behind, Rotate, Sent
from tests.faults.history import History
from tests.real.fleet import Enrolled

PLACES = ("ROT", "NOR", "HAG", "SOL", "HEL", "SOC", "STI")
CATEGORIES = ("ORD.stoj", "VAL.brak", "FOR.moped", "SKA.klotter", "PLA.belysning")
PATIENCE = (2.0, 10.0)  # s to connect, to read; a test's server is near
PAUSE_S = 0.02
_NOTES = count(1)


@dataclass
class Patrol:
    """`saved` is told of what the phone calls saved, `answered` of what a store's 200 covers."""

    enrolled: Enrolled
    saved: History
    answered: History
    peer: Peer
    trouble: int = 0
    sent: int = 0  # entries put on the wire, again or not
    phone: Phone = field(init=False)

    def __post_init__(self) -> None:
        who = self.enrolled
        self.phone = Phone(who.device, who.account, who.org, self._send, centre_key=who.centre_key)

    def save(self, dice: Random, records: int, **said) -> None:
        """Write so many events and arrivals; each is acknowledged at once, as a tap is."""
        now = datetime.now(UTC)
        before = self.phone.log.head
        for _ in range(records):
            if dice.random() < 0.2:
                self.phone.write("visit", bodies.visit(dice.choice(PLACES), now), now)
            else:
                body = {"place": dice.choice(PLACES), "note": f"Anteckning nr {next(_NOTES)}"}
                category = dice.choice(CATEGORIES)
                self.phone.write("event", bodies.event(category, now, **body | said), now)
        self.saved.saved_all(_named(self.phone.log, before, self.phone.log.head))

    def send(self) -> None:
        """Push all there is; raises Trouble as it comes."""
        self.phone.push()

    def insist(self, within: float = 60.0) -> float:
        """Push until all is through; the seconds it took."""
        began, pause = time.monotonic(), threading.Event()
        while True:
            try:
                self.phone.push()
                return time.monotonic() - began
            except Trouble as trouble:
                self.trouble += 1
                if time.monotonic() - began > within:
                    raise AssertionError(f"not through within {within} s: {trouble}") from trouble
                pause.wait(PAUSE_S)

    def ask(self) -> None:
        """What the store has of the phone's log, and what that means: as a phone does on waking."""
        log = self.phone.log
        answer = self.peer.status([log.log])
        self.phone.hear(answer)
        for result in answer.logs:
            match weigh(log, None, result, role=answer.role):
                case Sent(have) | Behind(have):
                    self.phone.known = have
                case Rotate(why):
                    self.phone.rotate(why)

    def insist_from_status(self, within: float = 60.0) -> float:
        """The same as `insist`, by a phone that asks first what came of all it sent before."""
        began = time.monotonic()
        self.ask()
        self.insist(within)
        return time.monotonic() - began

    def renew(self) -> None:
        """Another storage in the same phone: a log of its own."""
        self.phone.log, self.phone.known, self.phone.old = AuthorLog(), 0, []

    def move(self, url: str, patience: tuple[float, float] = PATIENCE) -> None:
        """Speak by another line from now on."""
        self.peer.close()
        self.peer = Peer(url, self.enrolled.token, timeout=patience)

    def _send(self, sections: list[Section]) -> Answer:
        self.sent += sum(len(section.lines) for section in sections)
        answer = self.peer.push(sections)
        self.note(answer)
        return answer

    def note(self, answer: Answer) -> None:
        """An answer vouches for every entry up to its number, if its hash is that of the phone."""
        for result in answer.logs:
            for log in (self.phone.log, *self.phone.old):
                if log.log == result.log and log.hash_at(result.have) == result.hash:
                    covered = _named(log, 0, result.have)
                    ours = self.saved.acknowledged
                    self.answered.saved_all(each for each in covered if each[0] in ours)


def patrol(
    enrolled: Enrolled,
    url: str,
    saved: History,
    answered: History,
    patience: tuple[float, float] = PATIENCE,
) -> Patrol:
    """An enrolled phone with its line to the store at `url`."""
    return Patrol(enrolled, saved, answered, Peer(url, enrolled.token, timeout=patience))


def _named(log: AuthorLog, after: int, upto: int) -> Iterable[tuple[str, bytes]]:
    """(rid, payload) of the records in entries after+1 … upto; what is no record has no rid."""
    for payload in log.payloads[after:upto]:
        try:
            said = json.loads(payload)
            if said["t"] not in ("open", "close"):
                yield said["rid"], payload
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
