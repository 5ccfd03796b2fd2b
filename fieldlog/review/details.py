"""What an act in the audit log was about: the codes it was told with, in the reader's words.

A name or a value that has no words here is shown as it stands, never hidden.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from fieldlog.review import labels, names

NAMES = {
    "as": _("File"),
    "box": _("Within an area"),
    "brought in": _("Brought in"),
    "category": _("Category"),
    "code": _("Code"),
    "collection": _("Collection"),
    "count": _("Records"),
    "datetime": _("Time"),
    "day": _("Day"),
    "days": _("Days"),
    "district": _("District"),
    "ended": _("Ended"),
    "entries": _("Entries"),
    "events": _("Events"),
    "file": _("File"),
    "frozen": _("As it was frozen"),
    "kind": _("Kind"),
    "node": _("Node"),
    "note": _("Words of notes"),
    "org": _("Organisation"),
    "phone": _("Phone"),
    "place": _("Place"),
    "places": _("Places"),
    "planned": _("Planned"),
    "quarantine": _("Quarantine"),
    "reason": _("Reason"),
    "review": _("Review"),
    "rows": _("Rows"),
    "scope": _("What it may read"),
    "show": _("Shown"),
    "state": _("State"),
    "to": _("To"),
    "unit": _("Unit"),
    "visits": _("Visits"),
    "week": _("Week"),
}


def in_words(detail: Mapping[str, Any]) -> str:
    """All of it on one line; what is merely so is told by its name, what is not so is left out."""
    return " · ".join(_said(name, value) for name, value in detail.items() if value is not False)


def _said(name: str, value: Any) -> str:
    called = labels.of(NAMES, name)
    return called if value is True else f"{called} {_VALUES.get(name, str)(value)}"


def _of(words: dict) -> Callable[[Any], str]:
    return lambda code: labels.of(words, code)


def _category(code: str) -> str:
    row = names.categories().get(code)
    return labels.of(labels.TYPES, code) if row is None else names.called(row)


_VALUES: dict[str, Callable[[Any], Any]] = {
    "category": _category,
    "node": names.device,
    "org": names.organisation,
    "phone": names.device,
    "place": lambda code: names.place(code) or code,
    "review": _of(labels.REVIEWS),
    "show": _of(labels.QUARANTINE_LISTS),
    "state": _of(labels.STATES),
    "unit": _of(labels.UNITS),
}
