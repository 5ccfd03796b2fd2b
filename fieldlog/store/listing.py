"""The log's list: visits and events together, newest first, a page at a time by key.

Each table and each value of a filter is asked apart, by a query that an index answers in order
and that stops after a page; the parts are merged here. So a page costs the same at a thousand
records and at a million. Knows no reader: the organisations to show come with the filters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from itertools import islice, product

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Entry, Event, Log, Visit
from fieldlog.store.weeks import counted

KINDS = {"visit": Visit, "event": Event}
COLUMNS = {
    kind: [column for column in model.__table__.c if column.name not in ("body", "note")]
    for kind, model in KINDS.items()
}
COUNTED = 1000
AT_A_TIME = 1000
# Of what another organisation has shown only the record as it stands is for these readers.
KEPT_BACK = ("account", "device", "lat", "lon")

# Written out as the partial indexes have them: SQLite uses one only for the very same words.
RUNNING = sa.text("state = 'running'")
WITHDRAWN = sa.text("state = 'withdrawn'")
CONFLICT = sa.text("conflict = true")
QUARANTINED = sa.text("code IS NOT NULL")
SHARED = sa.text("shared IS NOT NULL")
REVIEWED = sa.text("review <> 'new'")
STATES = {"running": RUNNING, "withdrawn": WITHDRAWN, "conflict": CONFLICT}


@dataclass(frozen=True, order=True)
class Key:
    """Where a record stands in the list: keys are unique, and newer ones are greater."""

    observed_at: datetime
    rid: bytes


@dataclass(frozen=True)
class Filters:
    """What to list. Empty `orgs` lists nothing; None and empty elsewhere mean no filter.

    `since` and `until` bound observed_at as [since, until). `categories` are codes of events.
    `state` is running, withdrawn or conflict. `devices`: only what these phones wrote. `sound`:
    only what does not stand in quarantine. `counted`: only what a week counts, call-outs apart.
    `hours` bound observed_at too, as any one of several [since, until). `shared_to`: besides, what
    other organisations (only `shared_from`, if they are said) have shown to these. `within`: at any
    one of these places.
    """

    orgs: tuple[str, ...] = ()
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    place: str | None = None
    within: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    state: str | None = None
    review: str | None = None
    quarantined: bool = False
    sound: bool = False
    devices: tuple[str, ...] | None = None
    counted: bool = False
    ended_by: str | None = None
    received_after: datetime | None = None
    hours: tuple[tuple[datetime, datetime], ...] | None = None
    shared_to: tuple[str, ...] = ()
    shared_from: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Listed:
    """One record of the list: `kind` is visit or event, `row` its table's columns but the texts."""

    kind: str
    row: sa.Row
    key: Key = field(compare=False)


@dataclass(frozen=True)
class Page:
    """Records newest first. `older` and `newer` are where to go on, None where there is no more."""

    records: list[Listed]
    newer: Key | None
    older: Key | None


@dataclass(frozen=True)
class Whereabouts:
    """How far a record's founding entry has come: through which node, and whether to the centre."""

    via_node: str | None = None
    at_centre: bool = False


def page(
    filters: Filters, *, after: Key | None = None, before: Key | None = None, limit: int = 50
) -> Page:
    """The records that follow `after` (older), or lead up to `before` (newer), or the newest."""
    upwards = before is not None
    found = list(islice(_merged(filters, before or after, limit + 1, upwards), limit + 1))
    more, found = len(found) > limit, found[:limit]
    if upwards:
        found.reverse()
    first, last = (found[0].key, found[-1].key) if found else (None, None)
    return Page(
        records=found,
        newer=first if (more if upwards else after is not None) else None,
        older=last if (upwards or more) else None,
    )


def count(filters: Filters, most: int = COUNTED) -> int:
    """How many records there are, up to `most`: more are not counted, so that it stays quick."""
    total = 0
    for part in parts(filters):
        counted = sa.select(sa.func.count()).select_from(
            part.with_only_columns(sa.literal(1)).limit(most - total).subquery()
        )
        total += reading().scalar(counted)
        if total >= most:
            return most
    return total


def every(filters: Filters) -> Iterator[Listed]:
    """All of them, newest first, read while they are asked for: never many in memory at once."""
    ordered = (in_order(part, None, None, False) for part in parts(filters))
    streams = [_streamed(part, yield_per=AT_A_TIME) for part in ordered]
    return merge(*streams, key=lambda listed: listed.key, reverse=True)


def newest_entry() -> int:
    """What has come later than now has a greater id."""
    return reading().scalar(sa.select(sa.func.coalesce(sa.func.max(Entry.id), 0)))


def sharers(orgs: tuple[str, ...]) -> list[str]:
    """Organisations that have shown a record to one of these."""
    found: set[str] = set()
    for model, org in product(KINDS.values(), orgs):
        # Not DISTINCT: SQLite would then walk the index of every record's organisation.
        wanted = sa.select(model.org).where(SHARED, model.shared.contains(f" {org} "))
        found.update(reading().scalars(wanted))
    return sorted(found)


def whereabouts(entries: list[int], *, at_centre: bool) -> dict[int, Whereabouts]:
    """How far each of these entries has come; `at_centre`: this store is the centre."""
    told = sa.select(Entry.id, Entry.branch, Entry.seq, Log.via_node, Log.up_have)
    told = told.join(Log, Log.id == Entry.log_id).where(Entry.id.in_(entries))
    return {
        id: Whereabouts(via, at_centre or (branch == 0 and seq <= (answered or 0)))
        for id, branch, seq, via, answered in reading().execute(told)
    }


def parts(filters: Filters) -> Iterator[sa.Select]:
    """One unordered query for each table, organisation, category and place that can match."""
    for kind, category, place in product(
        _kinds(filters), filters.categories or (None,), filters.within or (None,)
    ):
        found = _part(filters, kind, category, place)
        for org in filters.orgs:
            yield found.where(KINDS[kind].org == org, *_counted(filters, KINDS[kind]))
        for org in filters.shared_to:
            yield _shared(found, kind, org, filters.shared_from)


def in_order(part: sa.Select, key: Key | None, limit: int | None, upwards: bool) -> sa.Select:
    """A part, sorted and cut to a page: past `key`, newest first, or oldest first if `upwards`.
    Without `limit`: all of it.
    """
    model = KINDS[part.get_execution_options()["kind"]]
    columns = (model.observed_at, model.rid)
    if key is not None:
        here = sa.tuple_(*columns)
        there = sa.tuple_(
            sa.literal(key.observed_at, model.observed_at.type),
            sa.literal(key.rid, model.rid.type),
        )
        part = part.where(here > there if upwards else here < there)
    return part.order_by(*(c.asc() if upwards else c.desc() for c in columns)).limit(limit)


def _merged(filters: Filters, key: Key | None, limit: int, upwards: bool) -> Iterator[Listed]:
    streams = [_read(in_order(part, key, limit, upwards)) for part in parts(filters)]
    return merge(*streams, key=lambda listed: listed.key, reverse=not upwards)


def _read(query: sa.Select) -> list[Listed]:
    return list(_streamed(query))


def _streamed(query: sa.Select, **options) -> Iterator[Listed]:
    kind = query.get_execution_options()["kind"]
    # Past the ORM, which would look at every row once more.
    for row in reading().connection().execute(query, execution_options=options):
        yield Listed(kind, row, Key(row.observed_at, row.rid))


def _kinds(filters: Filters) -> list[str]:
    """The tables that can hold a match: a category is an event's, only a visit is running."""
    if filters.categories:
        return ["event"] if filters.kind in (None, "event") else []
    only_visits = filters.state == "running" or filters.ended_by is not None
    kinds = [filters.kind] if filters.kind else list(KINDS)
    return [kind for kind in kinds if not only_visits or kind == "visit"]


def _shared(part: sa.Select, kind: str, org: str, from_: tuple[str, ...] | None) -> sa.Select:
    model = KINDS[kind]
    part = part.where(SHARED, model.shared.contains(f" {org} ")).with_only_columns(
        *(sa.null().label(c.name) if c.name in KEPT_BACK else c for c in COLUMNS[kind])
    )
    return part if from_ is None else part.where(model.org.in_(from_))


def _part(filters: Filters, kind: str, category: str | None, place: str | None) -> sa.Select:
    model = KINDS[kind]
    query = sa.select(*COLUMNS[kind]).execution_options(kind=kind)
    if filters.since is not None:
        query = query.where(model.observed_at >= filters.since)
    if filters.until is not None:
        query = query.where(model.observed_at < filters.until)
    if filters.place is not None:
        query = query.where(model.place == filters.place)
    if place is not None:
        query = query.where(model.place == place)
    if category is not None:
        query = query.where(model.category == category)
    if filters.devices is not None:
        query = query.where(model.device.in_(filters.devices))
    if filters.sound:
        query = query.where(model.code.is_(None))
    return query.where(*_odd(filters, model))


def _counted(filters: Filters, model) -> list:
    """The conditions that the figures of a week lead to."""
    conditions = []
    if filters.counted:
        conditions += (counted.events if model is Event else counted.visits)(filters.orgs)
    if filters.counted and model is Visit:
        conditions.append(Visit.kind != counted.CALLOUT)
    if filters.ended_by is not None:
        conditions.append(Visit.ended_by == filters.ended_by)
    if filters.received_after is not None:
        conditions.append(model.received_at > filters.received_after)
    if filters.hours is not None:
        at = model.observed_at
        conditions.append(sa.or_(*(sa.and_(at >= since, at < to) for since, to in filters.hours)))
    return conditions


def _odd(filters: Filters, model) -> list:
    """The conditions that have a partial index of their own."""
    conditions = []
    if filters.quarantined:
        conditions.append(QUARANTINED)
    if filters.state is not None:
        conditions.append(STATES[filters.state])
    if filters.review is not None:
        conditions.append(model.review == filters.review)
    if filters.review not in (None, "new"):
        conditions.append(REVIEWED)
    return conditions
