"""The log's list: visits and events together, newest first, a page at a time by key.

Each table and each value of a filter is asked apart, by a query that an index answers in order
and that stops after a page; the parts are merged here. So a page costs the same at a thousand
records and at a million. Words are looked for a few weeks at a time instead. Knows no reader: the
organisations to show come with the filters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice, product
from operator import attrgetter
from typing import NamedTuple

import sqlalchemy as sa

from fieldlog.store import words
from fieldlog.store.database import reading
from fieldlog.store.filtering import KINDS, SHARED, Filters, Key, among, in_order, parts
from fieldlog.store.tables import Entry

COUNTED = 1000
AT_A_TIME = 1000
MOST_HITS = 4000


class Listed(NamedTuple):
    """One record of the list: `kind` is visit or event, `row` its table's columns but the texts."""

    kind: str
    row: sa.Row
    key: Key


@dataclass(frozen=True)
class Page:
    """Records newest first. `older` and `newer` are where to go on, None where there is no more."""

    records: list[Listed]
    newer: Key | None
    older: Key | None


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
    if filters.words and _is_bare(filters):
        hits = words.hits(filters.orgs, filters.words, None, None, False)
        return sum(1 for _ in islice(hits, most))
    total = 0
    for part in _found(filters, most) if filters.words else parts(filters):
        counted = sa.select(sa.func.count()).select_from(
            part.with_only_columns(sa.literal(1)).limit(most - total).subquery()
        )
        total += reading().scalar(counted)
        if total >= most:
            return most
    return total


def every(filters: Filters) -> Iterator[Listed]:
    """All of them, newest first, read while they are asked for: never many in memory at once."""
    if filters.words:
        return _worded(filters, None, AT_A_TIME, False)
    ordered = (in_order(part, None, None, False) for part in parts(filters))
    streams = [_streamed(part, yield_per=AT_A_TIME) for part in ordered]
    return merge(*streams, key=attrgetter("key"), reverse=True)


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


def _merged(filters: Filters, key: Key | None, limit: int, upwards: bool) -> Iterator[Listed]:
    if filters.words:
        return _worded(filters, key, limit, upwards)
    streams = [_read(in_order(part, key, limit, upwards)) for part in parts(filters)]
    return merge(*streams, key=attrgetter("key"), reverse=not upwards)


def _worded(filters: Filters, key: Key | None, first: int, upwards: bool) -> Iterator[Listed]:
    """Those whose notes hold the words. Only these lead to them, and the other filters are asked of
    so many at a time: no plan of a database can be to walk through all records instead.
    """
    for some in _hits(filters, key, first, upwards):
        found = [listed for part in among(filters, some) for listed in _streamed(part)]
        yield from sorted(found, key=attrgetter("key"), reverse=not upwards)


def _found(filters: Filters, most: int) -> Iterator[sa.Select]:
    """The same, unread."""
    for some in _hits(filters, None, most, False):
        yield from among(filters, some)


def _is_bare(filters: Filters) -> bool:
    """Whether nothing but words is asked, so that no record has to be looked at."""
    shared = {"shared_to": filters.shared_to, "shared_from": filters.shared_from}
    return filters == Filters(orgs=filters.orgs, words=filters.words, **shared)


def _hits(
    filters: Filters, key: Key | None, first: int, upwards: bool
) -> Iterator[Sequence[bytes]]:
    """Past `key`, `first` to begin with, then more at a time."""
    since, until = filters.since, filters.until
    if key is not None:
        since, until = (key.observed_at, until) if upwards else (since, key.observed_at)
    hits = words.hits(filters.orgs, filters.words, since, until, upwards)
    past = (hit for hit in hits if key is None or (hit > key if upwards else hit < key))
    many = min(first, AT_A_TIME)
    while some := [rid for _, rid in islice(past, many)]:
        yield some
        many = min(2 * many, MOST_HITS)


def _read(query: sa.Select) -> list[Listed]:
    return list(_streamed(query))


def _streamed(query: sa.Select, **options) -> Iterator[Listed]:
    kind = query.get_execution_options()["kind"]
    # Past the ORM, which would look at every row once more.
    for row in reading().connection().execute(query, execution_options=options):
        yield Listed(kind, row, Key(row.observed_at, row.rid))
