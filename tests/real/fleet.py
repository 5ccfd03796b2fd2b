"""Two hundred phones and those who use them: enrolled, writing, sending through thick and thin."""

import random
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from fieldlog.demo.phone import Phone
from fieldlog.imports.police_events import Found
from sync.http import Peer, Trouble
from sync.sender import next_section
from tests.real.script import Writer, Written

TRIES = 2_000
PAUSE_S = (0.01, 0.25)  # a phone waits longer; here only the order of things matters


@dataclass
class Enrolled:
    """What a phone knows of itself."""

    token: str
    device: str
    account: str
    org: str
    centre_key: str


@dataclass
class Handset:
    """A phone with its user and its line to the store. One thread at a time."""

    phone: Phone
    writer: Writer
    peer: Peer
    trouble: int = 0

    def send(self) -> None:
        """Push until nothing is left, however often the line fails."""
        self._insist(self.phone.push)

    def is_receipted(self) -> bool:
        """Whether the centre's signed receipt covers everything this phone holds."""
        answer = self._insist(lambda: self.peer.status([self.phone.log.log]))
        self.phone.hear(answer)
        return self.phone.log.received == self.phone.log.head

    def send_all_again(self) -> None:
        """Every request this phone could ever have made, once more, whatever is answered."""
        for log in (*self.phone.old, self.phone.log):
            known = 0
            while section := next_section(log, known):
                self._insist(lambda section=section: self.peer.push([section]))
                known = section.last

    def clone(self, events: list[Found], seed: int, written: Written) -> "Handset":
        """The same phone twice: a copied or restored storage, and somebody who goes on with it."""
        twin = self.phone.clone()
        return Handset(twin, Writer(twin, events, seed, written), self.peer)

    def _insist(self, attempt):
        pause = threading.Event()
        for _ in range(TRIES):
            try:
                return attempt()
            except Trouble:
                self.trouble += 1
                pause.wait(random.uniform(*PAUSE_S))
        raise AssertionError(f"{self.phone.device}: no way through in {TRIES} tries")


@dataclass
class Fleet:
    """All handsets and what they have called saved."""

    written: Written = field(default_factory=Written)
    handsets: list[Handset] = field(default_factory=list)

    def join(self, enrolled: Enrolled, events: Iterable[Found], url: str) -> None:
        """One more phone, at the store behind `url`."""
        peer = Peer(url, enrolled.token)
        phone = Phone(
            enrolled.device,
            enrolled.account,
            enrolled.org,
            peer.push,
            centre_key=enrolled.centre_key,
        )
        writer = Writer(phone, events, len(self.handsets), self.written)
        self.handsets.append(Handset(phone, writer, peer))

    def clone_some(self, count: int, spare: list[list[Found]]) -> None:
        """Copy `count` phones; each copy is used on, with events of its own."""
        for number in range(count):
            origin = self.handsets[number * len(self.handsets) // count]
            self.handsets.append(origin.clone(spare[number], 10_000 + number, self.written))

    def rotations(self) -> int:
        return sum(len(handset.phone.old) for handset in self.handsets)

    def trouble(self) -> int:
        return sum(handset.trouble for handset in self.handsets)
