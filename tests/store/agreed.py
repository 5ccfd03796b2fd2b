"""A promise as tests write it: what a municipality has agreed on, in few words."""

from datetime import UTC, date, datetime

from fieldlog.store import promises
from fieldlog.store.versions import PUBLISHED

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)  # a Friday, in 2026-W47
SIGNED = {"from": "2023-01-01", "to": "2026-12-31"}
YEAR = {"from": "2026-01-01", "to": "2026-12-31"}
PRESENCE = {
    "title": "Närvaro vid stationen fredag och lördag kväll",
    "focus": "offentliga",
    "form": "presence",
    "owner": "polisen",
    "places": ["ROT"],
    "windows": [{"weekdays": [5, 6], "from": "21:00", "to": "02:00"}],
    "visits": 3,
    "minutes_per_visit": 15,
    **YEAR,
    "follow_up": "2026-12-10",
}
WALKS = {
    "title": "Två trygghetsvandringar",
    "focus": "offentliga",
    "form": "count",
    "owner": "kommunen",
    "count": 2,
    "unit": "trygghetsvandringar",
    **YEAR,
    "follow_up": "2026-12-10",
}


def publish(kind: str, code: str, body: dict, since=date(2026, 1, 1), now=NOW, **more) -> bool:
    """A published version."""
    return promises.keep(promises.Edit(kind, code, body, PUBLISHED, since), now, **more)


def promised(**said) -> None:
    """An agreement, a promise, a focus area, a source and one commitment of presence."""
    publish("source", "dialog", {"title": "Invånardialog i Rotebro", "form": "dialogue"})
    publish("agreement", "avtal", {"title": "Överenskommelse", **SIGNED})
    promise = {"title": "Medborgarlöfte", "agreement": "avtal", "follow_up": "2026-12-10"}
    publish("promise", "lofte", promise | YEAR)
    publish("focus", "offentliga", {"title": "Offentliga platser", "promise": "lofte"})
    publish("commitment", "kvallar", PRESENCE | {"sources": ["dialog"]} | said)
