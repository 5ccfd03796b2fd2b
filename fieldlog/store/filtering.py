"""What the log's filters ask of the tables: one query for each part that an index can answer.

Knows no page, and no reader: the organisations to show come with the filters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import NamedTuple

import sqlalchemy as sa

from fieldlog.store.tables import Event, Visit
from fieldlog.store.weeks import counted

KINDS = {"visit": Visit, "event": Event}
COLUMNS = {
    kind: [column for column in model.__table__.c if column.name not in ("body", "note")]
    for kind, model in KINDS.items()
}
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


class Key(NamedTuple):
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
    one of these places. `words`: all stand in its note, as `words.asked` gives them; what is shared
    is shared without its note, and not found by it.
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
    words: tuple[str, ...] = ()


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


def among(filters: Filters, rids: Sequence[bytes]) -> Iterator[sa.Select]:
    """One query for each table, of these records: only `rids` lead to them."""
    for kind in _kinds(filters):
        model = KINDS[kind]
        part = _part(filters, kind, None, None).where(model.rid.in_(rids))
        if filters.categories:
            part = part.where(Event.category.in_(filters.categories))
        if filters.within:
            part = part.where(model.place.in_(filters.within))
        yield part.where(*_counted(filters, model))


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
