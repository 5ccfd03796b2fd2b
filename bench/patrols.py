"""Plausible payloads by the thousand: visits, their leaves, and an event now and then.

Knows how a phone writes, nothing of stores. The same seed gives the same patrols.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sync.records import compose

PLACES = ("ROT", "NOR", "HAG", "SOL", "HEL", "SOC", "STI")
CATEGORIES = ("ORD.stoj", "VAL.brak", "FOR.moped", "SKA.klotter", "PLA.belysning")
NOTES = (
    "",
    "",
    "",
    "Två grupper på perrongen, lugnade sig när tåget gick.",
    "Mörkt i tunneln åt väster.",
)
NIGHT = datetime(2026, 3, 6, 17, tzinfo=UTC)


def payloads(count: int, *, by: str, org: str, seed: int) -> list[bytes]:
    """`count` payloads of one phone, oldest first."""
    dice = random.Random(seed)
    out: list[bytes] = []
    for visit, leave, event in _visits(dice, by, org):
        out += [visit, *([event] if event else []), leave]
        if len(out) >= count:
            return out[:count]
    raise AssertionError("patrols never end")


def _visits(dice: random.Random, by: str, org: str) -> Iterator[tuple[bytes, bytes, bytes | None]]:
    at = NIGHT + timedelta(minutes=dice.randrange(600))
    while True:
        place, start = dice.choice(PLACES), at
        stay = timedelta(minutes=dice.randrange(4, 25))
        rid, visit = _written("visit", _visit(dice, place, start), start, by, org)
        event = None
        if dice.random() < 0.2:
            seen = start + stay / 2
            event = _written("event", _event(dice, place, rid, seen), seen, by, org)[1]
        leave = _written("leave", _leave(dice, rid, start + stay), start + stay, by, org)[1]
        yield visit, leave, event
        at = start + stay + timedelta(minutes=dice.randrange(3, 40))


def _written(kind: str, body: dict, at: datetime, by: str, org: str) -> tuple[str, bytes]:
    payload = compose(kind, body, at=at, by=by, org=org)
    start = payload.index(b'"rid":"') + 7
    return payload[start : start + 36].decode(), payload


def _visit(dice, place, start):
    return {
        "place": place,
        "point": {
            "lat": round(59.42 + dice.random() / 20, 5),
            "lon": round(17.9 + dice.random() / 20, 5),
            "acc_m": dice.randrange(4, 40),
            "age_s": dice.randrange(0, 9),
        },
        "point_why": None,
        "far": None,
        "started_at": _stamp(start),
        "ended_at": None,
        "ended_by": None,
        "mode": dice.choice(("foot", "car", "bike")),
        "crew": 2,
        "kind": "planned",
    }


def _leave(dice, rid, end):
    return {
        "ref": rid,
        "ended_at": _stamp(end),
        "ended_by": "tap",
        "climate": "calm",
        "contacts": dice.choice(("0", "1-5", "6-20")),
        "nothing_observed": True,
        "note": dice.choice(NOTES),
    }


def _event(dice, place, rid, seen):
    return {
        "visit": rid,
        "category": dice.choice(CATEGORIES),
        "place": place,
        "point": None,
        "precision": "place",
        "from": _stamp(seen),
        "to": None,
        "source": "own",
        "people": dice.choice(("1-3", "4-10")),
        "ages": ["13-17"],
        "severity": dice.randrange(1, 4),
        "handled": ["talked"],
        "police_report": False,
        "fault_report": False,
        "note": dice.choice(NOTES),
        "blobs": [],
    }


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
