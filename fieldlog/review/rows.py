"""A record of the list as a line of the duty log: what it says, in words, and how far it has come.

Knows nothing of where records are read from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask_babel import gettext as _

from fieldlog.measure import dose
from fieldlog.review import labels, moments, names
from fieldlog.store.listing import Listed
from fieldlog.store.whereabouts import Whereabouts

SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Line:
    """One row. `day` is set where a new operational day begins, going back in time."""

    rid: str
    kind: str
    time: str
    day: str | None
    running: bool
    standing: bool
    severity: int | None
    place: str
    place_known: bool
    what: str
    detail: str
    org: str
    org_kind: str
    people: str
    review: str
    is_new: bool
    code: str | None
    withdrawn: bool
    shared: bool
    where: Whereabouts
    tags: list[str] = field(default_factory=list)


def lines(
    records: Sequence[Listed],
    where: dict[int, Whereabouts],
    doubles: dict[bytes, list[bytes]],
    own: tuple[str, ...],
) -> list[Line]:
    """The records as lines, in their order; `where` says of an entry how far it has come,
    `doubles` which were merged into a record. `own`: the reader's organisations.
    """
    today = moments.operational_day(datetime.now(UTC))
    found, last = [], today
    for record in records:
        day = moments.operational_day(record.row.observed_at)
        found.append(_line(record, where, own, moments.day(day) if day != last else None))
        found[-1].tags.extend(_merged(record.row, doubles))
        last = day
    return found


def visit_says(row) -> str:
    """pågår, till fots · 14 min · oroligt"""
    if row.state == "running":
        return _("running, %(mode)s", mode=labels.of(labels.MODES, row.mode))
    said = [_lasted(row)] if row.ended_at else []
    if row.climate:
        said.append(labels.of(labels.CLIMATES, row.climate))
    elif row.nothing_observed:
        said.append(_("calm"))
    return " · ".join(said)


def category_says(code: str) -> tuple[str, str]:
    """A category as (tile, kind); an unknown code as itself."""
    row = names.categories().get(code)
    if row is None:
        return _("Unknown: “%(code)s”", code=code), ""
    if row.parent is None:
        return names.called(row), ""
    return names.called(names.categories()[row.parent]), names.called(row).lower()


def place_says(row) -> tuple[str, bool]:
    """Where it was, as it was called then, and whether the place is one we know."""
    if row.place is None:
        return (_("A point") if row.lat is not None else _("No place given")), True
    name = names.place_then(row.place, row.observed_at)
    return (name, True) if name else (_("Unknown: “%(code)s”", code=row.place), False)


def says(kind: str, row) -> str:
    """lör 21 nov 21:40 Häggviks station, Bråk, hot, våld · hotfullt beteende"""
    what = _("Presence") if kind == "visit" else " · ".join(category_says(row.category))
    return f"{moments.stamp(row.observed_at)} {place_says(row)[0]}, {what}"


def _line(
    record: Listed, where: dict[int, Whereabouts], own: tuple[str, ...], day: str | None
) -> Line:
    row, is_visit = record.row, record.kind == "visit"
    place, known = place_says(row)
    what, detail = (_("Presence"), visit_says(row)) if is_visit else category_says(row.category)
    org = names.organisations().get(row.org)
    standing = not is_visit and row.standing is not None
    if standing:
        detail += ", " + labels.of(labels.STANDINGS, row.standing)
    return Line(
        rid=row.rid.hex(),
        kind=record.kind,
        time=moments.clock(row.observed_at),
        day=day,
        running=row.state == "running",
        standing=standing,
        severity=None if is_visit else row.severity,
        place=place,
        place_known=known,
        what=what,
        detail=detail,
        org=names.organisation(row.org),
        org_kind=org.kind if org else "",
        people=labels.band(row.contacts if is_visit else row.people),
        review=labels.of(labels.REVIEWS, row.review),
        is_new=row.review == "new",
        code=row.code,
        withdrawn=row.state == "withdrawn",
        shared=row.org not in own,
        where=where.get(row.entry_id, Whereabouts()),
        tags=list(_tags(record)),
    )


def _merged(row, doubles: dict[bytes, list[bytes]]) -> Iterable[str]:
    if row.merged_into:
        yield _("double")
    if row.rid in doubles:
        yield _("%(n)d sources", n=1 + len(doubles[row.rid]))


def _tags(record: Listed) -> Iterable[str]:
    row = record.row
    if row.state == "withdrawn":
        yield _("withdrawn")
    if row.amended:
        yield _("corrected")
    if row.conflict:
        yield _("conflict")
    if row.shared:
        yield _("shared")
    if record.kind == "visit":
        if row.ended_by in ("backfill", "auto"):
            yield labels.of(labels.TAGS_OF_ENDINGS, row.ended_by)
        if row.ended_at and row.ended_at < row.observed_at:
            yield _("ends before it starts")
        return
    if row.source == "rumour":
        yield labels.of(labels.SOURCES, row.source)
    if row.standing == "open":
        age = (datetime.now(UTC) - row.observed_at).total_seconds() // SECONDS_A_DAY
        if age >= 1:
            yield _("%(n)d d", n=age)


def _lasted(row) -> str:
    seconds = (row.ended_at - row.observed_at).total_seconds()
    if seconds < 0:
        return "−" + moments.length(seconds)
    lasted = moments.length(seconds)
    said = labels.LENGTHS.get(dose.length_class(seconds / 60))
    return f"{lasted}, {said}" if said else lasted
