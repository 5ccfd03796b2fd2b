"""Bodies of records as a phone writes them; what is not said is an untouched field."""

from datetime import datetime, timedelta


def opened(device: str, app: str, reason: str = "new", previous: dict | None = None) -> dict:
    """The first entry of a log; `previous` is {"log", "seq"} of the one it goes on from."""
    return {"device": device, "app": app, "reason": reason, "previous": previous}


def visit(place: str | None, started: datetime, **said) -> dict:
    """An arrival; with `ended_at` and the fields of a leave, one that is already over."""
    body = {
        "place": place,
        "point": None,
        "point_why": "none",
        "far": None,
        "started_at": _text(started),
        "ended_at": None,
        "ended_by": None,
        "mode": "foot",
        "crew": 2,
        "kind": "planned",
    }
    return _with(body, said)


def leave(ref: str, ended: datetime, **said) -> dict:
    """The end of a visit, calm unless something else is said."""
    body = {
        "ref": ref,
        "ended_at": _text(ended),
        "ended_by": "tap",
        "climate": "calm",
        "contacts": "0",
        "nothing_observed": True,
        "note": "",
    }
    return _with(body, said)


def event(category: str, at: datetime, **said) -> dict:
    """Something seen: own observation, disturbing, nothing done about it, unless said."""
    body = {
        "visit": None,
        "category": category,
        "place": None,
        "point": None,
        "precision": "place",
        "from": _text(at),
        "to": None,
        "source": "own",
        "people": None,
        "ages": [],
        "severity": 1,
        "handled": ["none"],
        "police_report": False,
        "fault_report": False,
        "note": "",
        "blobs": [],
    }
    return _with(body, said)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def _with(body: dict, said: dict) -> dict:
    return body | {k: _text(v) if isinstance(v, datetime) else v for k, v in said.items()}


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
