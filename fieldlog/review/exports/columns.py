"""What a record says in a table: the columns, their names, each value as a text, number or time.

As on the log page: no note, no author, no phone; the point is the place's, or the record's own
where it has no place. There are many rows: what a code says is worked out once and remembered.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from flask_babel import gettext as _

from fieldlog.review import labels, mapping, moments, names, rows
from fieldlog.store.filtering import COLUMNS
from fieldlog.store.listing import Listed

Value = str | int | float | datetime | None
KEPT = 10_000
NOTHING, RECORD, MINUTES, LON, LAT = ADDED = ("nothing", "record", "minutes", "lon_", "lat_")
NOWHERE = (None, None)


@dataclass(frozen=True)
class Column:
    """`visit` and `event` name the column of their table, or what is ADDED to it; `says` makes a
    value of it. What may be anything (a time, an id) is `fresh`, and not remembered.
    """

    name: str
    visit: str
    event: str
    says: Callable[[Any], Value]
    fresh: bool = False


class Remembered(dict[Any, Any]):
    """What was made of values, each once, as long as they are not too many."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self.make = make

    def __missing__(self, value: Any) -> Any:
        if len(self) > KEPT:
            self.clear()
        self[value] = made = self.make(value)
        return made


def columns() -> list[Column]:
    """In the reader's language, in the order of the log."""
    return [*_what(), *_where(), *_seen(), *_standing()]


def table(
    columns: list[Column], records: Iterable[Listed], cell: Callable[[Value], Any]
) -> Iterator[list]:
    """The records as rows of cells, in their order; `cell` says how a value is written."""
    made = [_made(column, cell) for column in columns]
    taken = {kind: _taking(kind, columns) for kind in COLUMNS}
    places = names.places()
    for record in records:
        row = record.row
        point = mapping.position(row, places) or NOWHERE
        found = taken[record.kind]((*row, None, record.kind, _minutes(record), *point))
        yield [make(value) for make, value in zip(made, found, strict=True)]


def _made(column: Column, cell: Callable[[Value], Any]) -> Callable[[Any], Any]:
    def make(value: Any) -> Any:
        return cell(None if value is None else column.says(value))

    return make if column.fresh else Remembered(make).__getitem__


def _taking(kind: str, columns: list[Column]) -> Callable[[tuple], tuple]:
    """What picks the columns' values out of a row and what is added to it."""
    at = {name: n for n, name in enumerate((*(one.name for one in COLUMNS[kind]), *ADDED))}
    return itemgetter(*(at[getattr(column, kind)] for column in columns))


def _minutes(record: Listed) -> int | None:
    """Whole minutes, as the week counts them."""
    row = record.row
    if record.kind == "event" or row.ended_at is None:
        return None
    return round((row.ended_at - row.observed_at).total_seconds() / 60)


def _what() -> list[Column]:
    kinds = {"visit": _("Presence"), "event": _("Event")}
    return [
        _both(_("Kind"), RECORD, _word(kinds)),
        Column(_("Time"), "observed_at", "observed_at", _wall(), fresh=True),
        Column(_("Until"), "ended_at", "to_at", _wall(), fresh=True),
        _visits(_("Minutes"), MINUTES),
        _events(_("Category"), "category", lambda code: rows.category_says(code)[0]),
        _events(_("What"), "category", lambda code: rows.category_says(code)[1]),
        _events(_("Severity"), "severity"),
    ]


def _where() -> list[Column]:
    places = names.places()
    called = {code: place.name for code, place in places.items()}
    return [
        _both(_("Place"), "place", _word(called)),
        _both(_("Place code"), "place"),
        _both(_("District"), "place", {c: p.district for c, p in places.items()}.get),
        _both(_("Latitude"), LAT),
        _both(_("Longitude"), LON),
    ]


def _seen() -> list[Column]:
    return [
        Column(_("People"), "contacts", "people", labels.band),
        _visits(_("Climate"), "climate", _word(labels.CLIMATES)),
        _visits(_("Nothing observed"), "nothing_observed", _yes),
        _visits(_("Mode"), "mode", _word(labels.MODES)),
        _visits(_("Crew"), "crew"),
        _visits(_("Kind of visit"), "kind", _word(labels.VISIT_KINDS)),
        _visits(_("Ending"), "ended_by", _word(labels.ENDINGS)),
        _events(_("Source"), "source", _word(labels.SOURCES)),
        _events(_("Precision"), "precision", _word(labels.PRECISIONS)),
        _events(_("Lasting"), "standing", _word(labels.STANDINGS)),
    ]


def _standing() -> list[Column]:
    return [
        _both(_("Organisation"), "org", names.organisation),
        _both(_("State"), "state", _word(labels.STATES)),
        _both(_("Review"), "review", _word(labels.REVIEWS)),
        _both(_("Quarantine"), "code", _word(labels.REASONS)),
        _both(_("Corrected"), "amended", _yes),
        _both(_("Conflict"), "conflict", _yes),
        _both(_("Double of"), "merged_into", bytes.hex),
        _both(_("Shared with"), "shared", _shared),
        Column(_("Received"), "received_at", "received_at", _wall(), fresh=True),
        Column(_("Time in UTC"), "observed_at", "observed_at", utc, fresh=True),
        Column(_("Record"), "rid", "rid", bytes.hex, fresh=True),
    ]


def _wall() -> Callable[[datetime], datetime]:
    """What turns moments to the wall clock's, which have no zone: it is asked for once."""
    zone = moments.zone()
    return lambda moment: moment.astimezone(zone).replace(tzinfo=None)


def utc(moment: datetime) -> str:
    """2026-11-27T12:05:00Z"""
    return moment.isoformat()[:19] + "Z"


def _word(words: Mapping[Any, Any]) -> Callable[[Any], str]:
    """The word for a code, or the code itself."""
    return lambda code: labels.of(words, code)


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


def _shared(shared: str) -> str:
    return ", ".join(map(names.organisation, shared.split()))


def _as_it_is(value: Value) -> Value:
    return value


def _both(name: str, of: str, says: Callable[[Any], Value] = _as_it_is) -> Column:
    return Column(name, of, of, says)


def _visits(name: str, of: str, says: Callable[[Any], Value] = _as_it_is) -> Column:
    return Column(name, of, NOTHING, says)


def _events(name: str, of: str, says: Callable[[Any], Value] = _as_it_is) -> Column:
    return Column(name, NOTHING, of, says)
