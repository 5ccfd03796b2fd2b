"""What each field of a record is called and how its value reads, for the page of one record.

Knows no record's history; a field or value it does not know is shown as it was written.
"""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from fieldlog.review import labels, moments, names, rows

NAMES = {
    "place": later("Place"),
    "point": later("Point"),
    "point_why": later("Why no point"),
    "far": later("Far from the place"),
    "started_at": later("Started"),
    "ended_at": later("Ended"),
    "ended_by": later("How it ended"),
    "from": later("When"),
    "to": later("Until"),
    "mode": later("How"),
    "crew": later("Crew"),
    "kind": later("Kind"),
    "climate": later("Climate"),
    "contacts": later("Contacts"),
    "nothing_observed": later("Nothing observed"),
    "visit": later("During the visit"),
    "category": later("Category"),
    "precision": later("Precision"),
    "severity": later("Severity"),
    "people": later("People"),
    "ages": later("Ages"),
    "handled": later("Handled"),
    "source": later("Source"),
    "police_report": later("Police report"),
    "fault_report": later("Fault report"),
    "note": later("Note"),
    "blobs": later("Photos"),
    "ref": later("About"),
    "why": later("Reason"),
    "text": later("Text"),
    "state": later("State"),
}
IN_ORDER = {
    "visit": (
        "place point point_why far started_at ended_at ended_by mode crew kind climate contacts "
        "nothing_observed note"
    ).split(),
    "event": (
        "place point precision from to category severity people ages handled source visit "
        "police_report fault_report note blobs"
    ).split(),
}
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


def called(field: str) -> str:
    """The field's name."""
    return str(NAMES.get(field, field))


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
        return _time(value)
    return _other(field, value)


def present(kind: str, body: dict) -> list[tuple[str, str, str]]:
    """The fields of a body that say something, in the order of the page: (field, name, words)."""
    known = IN_ORDER[kind]
    rest = sorted(set(body) - set(known))
    said = [(field, called(field), says(field, body.get(field))) for field in (*known, *rest)]
    return [one for one in said if one[2] != "–"]


def changed(before: dict, after: dict) -> tuple[list[tuple[str, str, str]], int]:
    """What differs, as (name, before, after), and how many fields do not."""
    fields = [field for field in (*NAMES, *sorted(set(before) | set(after) - set(NAMES)))]
    fields = [field for field in dict.fromkeys(fields) if field in before or field in after]
    moved = [field for field in fields if before.get(field) != after.get(field)]
    said = [(called(f), says(f, before.get(f)), says(f, after.get(f))) for f in moved]
    return said, len(fields) - len(moved)


def moment(text: str) -> datetime | None:
    """A time of a payload, or None if it is none."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None


def _time(value: str) -> str:
    found = moment(value)
    return moments.stamp(found) if found else str(value)


def _other(field: str, value) -> str:
    if field == "place":
        return names.place(value) or _("Unknown: “%(code)s”", code=value)
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
