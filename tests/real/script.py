"""What the simulated phones write: published events among made-up visits and their corrections.

Knows nothing of sending. Each line of the file becomes exactly one `event`.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice

from fieldlog.demo import bodies
from fieldlog.demo.phone import Phone
from fieldlog.imports.police_events import Found

PLACES = ("ROT", "NOR", "HAG", "SOL", "HEL", "SOC", "STI")
UNKNOWN = "XYZ"  # visits here must end in quarantine
EVENTS_A_VISIT = 6


@dataclass
class Written:
    """All that any phone has called saved: payload digests, and founding rids by type."""

    digests: set[bytes] = field(default_factory=set)
    founded: dict[str, set[str]] = field(default_factory=lambda: {"visit": set(), "event": set()})
    amended: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    quarantined: set[str] = field(default_factory=set)

    def note(self, t: str, rid: str, payload: bytes, ref: str | None = None) -> None:
        self.digests.add(sha256(payload).digest())
        if t in self.founded:
            self.founded[t].add(rid)
        if t == "amend":
            self.amended.add(ref)
        if t == "withdraw":
            self.withdrawn.add(ref)


class Writer:
    """One phone's user, with the events that fall to it."""

    def __init__(self, phone: Phone, events: Iterable[Found], seed: int, written: Written):
        self.phone, self.written = phone, written
        self.dice = random.Random(seed)
        self.left = self._everything(iter(events))

    def write(self, most: int) -> int:
        """Up to `most` events with what surrounds them; how many events were written."""
        return sum(1 for _ in islice(self.left, most))

    def _everything(self, events: Iterator[Found]) -> Iterator[None]:
        visit, arrived = None, None
        for count, event in enumerate(events):
            if count % EVENTS_A_VISIT == 0:
                visit, arrived = self._arrive(event.at), event.at
            rid = self._save("event", event.body | {"visit": visit}, event.at, str(event.rid))
            self._perhaps_correct(rid, event.body | {"visit": visit}, event.at)
            if count % EVENTS_A_VISIT == EVENTS_A_VISIT - 1:
                self._leave(visit, arrived)
            yield

    def _arrive(self, at: datetime) -> str:
        place = UNKNOWN if self.dice.random() < 0.004 else self.dice.choice(PLACES)
        rid = self._save("visit", bodies.visit(place, at, crew=self.dice.randint(1, 4)), at)
        if place == UNKNOWN:
            self.written.quarantined.add(rid)
        return rid

    def _leave(self, visit: str, at: datetime) -> None:
        end = at + timedelta(minutes=self.dice.randint(4, 40))
        self._save("leave", bodies.leave(visit, end, nothing_observed=False), end)

    def _perhaps_correct(self, rid: str, body: dict, at: datetime) -> None:
        chance = self.dice.random()
        if chance < 0.03:
            seen = sha256(self.phone.log.payloads[-1]).hexdigest()
            new = body | {"severity": 2, "people": "4-10"}
            amend = {"ref": rid, "base": seen, "body": new, "why": "Fler än först angivet."}
            self._save("amend", amend, at, ref=rid)
        elif chance < 0.04:
            self._save("withdraw", {"ref": rid, "why": "Tryckte fel."}, at, ref=rid)

    def _save(self, t: str, body: dict, at: datetime, rid=None, ref=None) -> str:
        rid = self.phone.write(t, body, at, rid)
        self.written.note(t, rid, self.phone.log.payloads[-1], ref)
        return rid
