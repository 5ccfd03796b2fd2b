"""Bodies of every type as protocol.md has them, to be changed a little at a time."""

import hashlib

AT = "2026-11-22T21:40:07+01:00"


def rid(name: str) -> str:
    """A UUIDv7 that sorts like `name` (two characters at most) and is made of it."""
    head = name.encode().ljust(6, b"\0").hex()
    tail = hashlib.sha256(name.encode()).hexdigest()
    return f"{head[:8]}-{head[8:12]}-7{tail[:3]}-8{tail[3:6]}-{tail[6:18]}"


def point(**changed: object) -> dict:
    return {"lat": 59.4281, "lon": 17.9509, "acc_m": 12.5, "age_s": 3, **changed}


def visit(**changed: object) -> dict:
    return {
        "place": "SOC",
        "point": None,
        "point_why": "declined",
        "far": None,
        "started_at": AT,
        "ended_at": None,
        "ended_by": None,
        "mode": "foot",
        "crew": 2,
        "kind": "planned",
        **changed,
    }


def ended(**changed: object) -> dict:
    return visit(
        **{
            "ended_at": "2026-11-22T21:55:00+01:00",
            "ended_by": "backfill",
            "climate": "normal",
            "contacts": "1-5",
            "nothing_observed": False,
            "note": "",
            **changed,
        }
    )


def left(**changed: object) -> dict:
    return {
        "ref": rid("V"),
        "ended_at": "2026-11-22T22:00:00+01:00",
        "ended_by": "tap",
        "climate": "calm",
        "contacts": None,
        "nothing_observed": True,
        "note": "",
        **changed,
    }


def event(**changed: object) -> dict:
    return {
        "visit": None,
        "category": "ORD.samling",
        "place": "SOC",
        "point": point(),
        "precision": "place",
        "from": AT,
        "to": None,
        "source": "own",
        "people": "4-10",
        "ages": ["13-17", "18-25"],
        "severity": 1,
        "handled": ["talked"],
        "police_report": False,
        "fault_report": False,
        "note": "Högljutt vid gången, lugnt när vi gick.",
        "blobs": [],
        **changed,
    }


def without(body: dict, *keys: str) -> dict:
    return {key: value for key, value in body.items() if key not in keys}
