"""What each field of a record is called and how its value reads, for the page of one record.

Names come from the records' schemas, the one definition of a field. Knows no record's history; a
value it does not know is shown as it was written.
"""

from datetime import datetime
from functools import cache

from flask_babel import gettext as _

from fieldlog.review import labels, moments, rows
from fieldlog.review import names as known
from sync.records import BODIES

CODED = {
    "point_why": labels.POINTLESS,
    "ended_by": labels.ENDINGS,
    "mode": labels.MODES,
    "kind": labels.VISIT_KINDS,
    "climate": labels.CLIMATES,
    "precision": labels.PRECISIONS,
    "source": labels.SOURCES,
    "ages": labels.AGES,
    "handled": labels.HANDLED,
    "state": labels.REVIEWS,
}
BANDS = frozenset({"people", "contacts"})
TIMES = frozenset({"started_at", "ended_at", "from", "to"})


def names(kind: str) -> dict[str, str]:
    """The fields of a type's body, in its schema's order, with what each is called."""
    return {field: _(label) for field, label in _labels(kind).items()}


def says(field: str, value) -> str:
    """The value in words. A dash is "not answered"."""
    if value is None or value == [] or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and field != "blobs":
        return ", ".join(says(field, one) for one in value)
    if field in CODED:
        return labels.of(CODED[field], value)
    if field in BANDS:
        return labels.band(value)
    if field in TIMES:
        return moments.stamp(datetime.fromisoformat(value))
    return _other(field, value)


def present(kind: str, body: dict) -> list[tuple[str, str, str]]:
    """The fields of a body that say something, in order: (field, name, words)."""
    said = [(field, name, says(field, body.get(field))) for field, name in names(kind).items()]
    return [one for one in said if one[2] != "–"]


def changed(kind: str, before: dict, after: dict) -> tuple[list[tuple[str, str, str]], int]:
    """What differs, as (name, before, after), and how many fields do not."""
    called = {f: name for f, name in names(kind).items() if f in before or f in after}
    moved = [field for field in called if before.get(field) != after.get(field)]
    said = [(called[f], says(f, before.get(f)), says(f, after.get(f))) for f in moved]
    return said, len(called) - len(moved)


@cache
def _labels(kind: str) -> dict[str, str]:
    fields = BODIES[kind]._declared_fields
    return {one.data_key or name: one.metadata["label"] for name, one in fields.items()}


def _other(field: str, value) -> str:
    if field == "place":
        return known.place(value) or _("Unknown: “%(code)s”", code=value)
    if field == "category":
        return " · ".join(part for part in rows.category_says(value) if part)
    if field == "severity":
        return _("%(n)s of 3, %(word)s", n=value, word=labels.of(labels.SEVERITIES, value))
    if field == "point" and isinstance(value, dict):
        return _point(value)
    if field == "note":
        return f"”{value}”"
    if field == "blobs":
        return str(len(value))
    return str(value)


def _point(value: dict) -> str:
    said = f"{value.get('lat')}, {value.get('lon')}"
    return f"{said} ± {round(value['acc_m'])} m" if value.get("acc_m") is not None else said
