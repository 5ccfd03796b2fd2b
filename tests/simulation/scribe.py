"""Writes what patrols write: payloads of every common type, and some that no schema accepts.

Deterministic: ids and salts come from a counter, times from the clock it is given. Knows nothing
of logs or of who sends what.
"""

import json
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sync.messages import PAYLOAD_MAX
from sync.records import compose

PLACES = ("SOC", "ROT", "NOR")
LATE_PLACE = "NEW"  # known to a store only once its places have been updated
KINDS = ("visit", "leave", "event", "amend", "withdraw", "late_place", "not_json", "unknown_type")
HUGE = "huge"  # over the limit: no store takes it


class Scribe:
    """One for a whole world, so that no two records share a rid."""

    def __init__(self) -> None:
        self._count = 0

    def rid(self) -> UUID:
        """A UUIDv7 that sorts by the order of making."""
        self._count += 1
        head = self._count.to_bytes(6, "big")
        tail = sha256(b"rid" + head).digest()
        return UUID(
            bytes=head + bytes([0x70 | tail[0] & 0x0F, tail[1], 0x80 | tail[2] & 0x3F]) + tail[3:10]
        )

    def salt(self) -> bytes:
        self._count += 1
        return sha256(b"salt" + self._count.to_bytes(8, "big")).digest()[:16]

    def write(
        self, kind: str, *, at: datetime, by: str, org: str, ref: str | None
    ) -> tuple[str, bytes]:
        """(rid, payload) of one record of `kind`; `ref`: the rid that a leave or amend is about."""
        rid = self.rid()
        if kind == "not_json":
            return str(rid), b'{"rid":"%s","t":"visit",' % str(rid).encode()
        if kind == HUGE:
            return str(rid), b'{"rid":"%s","note":"%s"}' % (str(rid).encode(), b"x" * PAYLOAD_MAX)
        if kind == "unknown_type":
            return str(rid), _plain(rid, "hologram", at, by, org, self.salt())
        t, body = _body(kind, at, ref)
        return str(rid), compose(t, body, rid=rid, at=at, by=by, org=org, salt=self.salt())

    def opening(
        self, *, at: datetime, by: str, device: str, reason: str, previous: dict | None
    ) -> bytes:
        """The first entry of a log."""
        body = {"device": device, "app": "1.0.0", "reason": reason, "previous": previous}
        return compose("open", body, rid=self.rid(), at=at, by=by, org="polisen", salt=self.salt())


def _body(kind: str, at: datetime, ref: str | None) -> tuple[str, dict]:
    when = at.isoformat()
    if kind == "leave" and ref:
        return "leave", _leave(when, ref)
    if kind == "amend" and ref:
        body = {"ref": ref, "base": "00" * 32, "body": _visit(when, "ROT"), "why": "fel plats"}
        return "amend", body
    if kind == "comment" and ref:
        return "comment", {"ref": ref, "text": "ring mig"}
    if kind == "withdraw" and ref:
        return "withdraw", {"ref": ref, "why": "dubbel"}
    if kind == "event":
        return "event", _event(when)
    return "visit", _visit(when, LATE_PLACE if kind == "late_place" else "SOC")


def _visit(when: str, place: str) -> dict:
    return {
        "place": place,
        "point": None,
        "point_why": "none",
        "far": None,
        "started_at": when,
        "ended_at": None,
        "ended_by": None,
        "mode": "foot",
        "crew": 2,
        "kind": "planned",
    }


def _leave(when: str, ref: str) -> dict:
    return {
        "ref": ref,
        "ended_at": when,
        "ended_by": "tap",
        "climate": "calm",
        "contacts": "1-5",
        "nothing_observed": True,
        "note": "lugnt på torget",
    }


def _event(when: str) -> dict:
    return {
        "visit": None,
        "category": "SKA.klotter",
        "place": "NOR",
        "point": None,
        "precision": "place",
        "from": when,
        "to": None,
        "source": "own",
        "people": "1-3",
        "ages": ["13-17"],
        "severity": 1,
        "handled": ["talked"],
        "police_report": False,
        "fault_report": False,
        "note": "färgburkar under bron",
        "blobs": [],
    }


def _plain(rid: UUID, t: str, at: datetime, by: str, org: str, salt: bytes) -> bytes:
    common = {"rid": str(rid), "v": 1, "t": t, "at": at.isoformat(), "by": by, "org": org}
    return json.dumps({**common, "s": salt.hex(), "body": {}}, separators=(",", ":")).encode()
