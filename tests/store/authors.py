"""A made-up phone for the store's tests: writes payloads, keeps its chain, makes sections.

Knows no network; what comes of a section is the test's to look at.
"""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sync import chain, records
from sync.messages import Line, Section, Via

START = datetime(2019, 5, 3, 20, 0, tzinfo=UTC)


@dataclass
class Author:
    """One log of one phone. `by` and `org` sign what is written."""

    by: str
    org: str
    device: str = "phone-1"
    log: str = field(default_factory=lambda: secrets.token_hex(16))
    payloads: list[bytes] = field(default_factory=list)
    rids: list[str] = field(default_factory=list)

    def write(self, t: str, body: dict, *, rid: str | None = None, by: str | None = None) -> str:
        """Append a record; its rid."""
        rid = rid or records.new_rid()
        at = START + timedelta(minutes=len(self.payloads))
        payload = records.compose(t, body, rid=rid, at=at, by=by or self.by, org=self.org)
        return self.put(payload, rid)

    def put(self, payload: bytes, rid: str = "") -> str:
        self.payloads.append(payload)
        self.rids.append(rid)
        return rid

    def open(self, reason: str = "new") -> str:
        body = {"device": self.device, "app": "test", "reason": reason, "previous": None}
        return self.write("open", body)

    def visit(self, **changes) -> str:
        return self.write("visit", visit_body(**changes))

    def leave(self, ref: str, **changes) -> str:
        return self.write("leave", leave_body(ref, **changes))

    def event(self, **changes) -> str:
        return self.write("event", event_body(**changes))

    def amend(self, ref: str, base: bytes, body: dict, **about) -> str:
        told = {"ref": ref, "base": base.hex(), "body": body, "why": "fel plats"}
        return self.write("amend", told, **about)

    def withdraw(self, ref: str, **about) -> str:
        return self.write("withdraw", {"ref": ref, "why": "fel"}, **about)

    def digest_of(self, rid: str) -> bytes:
        return chain.digest(self.payloads[self.rids.index(rid)])

    @property
    def hashes(self) -> list[bytes]:
        """Chain hashes after 0, 1, 2 … entries."""
        start = chain.genesis(self.log)
        return [start, *chain.fold(start, 1, map(chain.digest, self.payloads))]

    def section(self, first: int = 1, last: int | None = None, **changes) -> Section:
        """Entries first..last as they go over the wire."""
        last = len(self.payloads) if last is None else last
        told = {
            "log": self.log,
            "base": 0,
            "first": first,
            "prev": self.hashes[first - 1],
            "head": self.hashes[last],
            "lines": [Line(chain.digest(p), p) for p in self.payloads[first - 1 : last]],
            "now": "2019-05-03T21:40:00Z",
            "unsent": last - first + 1,
            "app": "test",
        }
        return Section(**{**told, **changes})

    def copy(self) -> "Author":
        """A clone of the phone as it now is."""
        return Author(
            self.by, self.org, self.device, self.log, list(self.payloads), list(self.rids)
        )


def via(device: str, **changes) -> Via:
    told = {
        "device": device,
        "received_at": "2019-05-03T21:41:00Z",
        "now": "2019-05-03T21:40:30Z",
        "unsent": 0,
        "app": "test",
    }
    return Via(**{**told, **changes})


def visit_body(**changes) -> dict:
    told = {
        "place": "ROT",
        "point": {"lat": 59.47, "lon": 17.91, "acc_m": 8, "age_s": 2},
        "point_why": None,
        "far": None,
        "started_at": "2019-05-03T22:00:00+02:00",
        "ended_at": None,
        "ended_by": None,
        "mode": "foot",
        "crew": 2,
        "kind": "planned",
    }
    return {**told, **changes}


def leave_body(ref: str, **changes) -> dict:
    told = {
        "ref": ref,
        "ended_at": "2019-05-03T22:14:00+02:00",
        "ended_by": "tap",
        "climate": "calm",
        "contacts": "1-5",
        "nothing_observed": True,
        "note": "Lugnt på torget, åäö 🌙",
    }
    return {**told, **changes}


def event_body(**changes) -> dict:
    told = {
        "visit": None,
        "category": "ORD.stoj",
        "place": "ROT",
        "point": None,
        "precision": "place",
        "from": "2019-05-03T22:05:00+02:00",
        "to": None,
        "source": "own",
        "people": "4-10",
        "ages": ["13-17"],
        "severity": 1,
        "handled": ["talked"],
        "police_report": False,
        "fault_report": False,
        "note": None,
        "blobs": [],
    }
    return {**told, **changes}
