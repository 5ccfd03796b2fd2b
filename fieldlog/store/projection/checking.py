"""Compares visits, events and the words of notes with what their entries say now. Changes nothing.

Knows nothing of chains.
"""

import json
from collections.abc import Callable, Iterator, Sequence

import sqlalchemy as sa

from fieldlog.store.arrived import Reader
from fieldlog.store.database import reading
from fieldlog.store.projection import noted, standings
from fieldlog.store.projection.family import gathered
from fieldlog.store.projection.rows import TABLES
from fieldlog.store.reference import Known
from fieldlog.store.tables import Branch, Entry, Log

BATCH = 1_000


def faults(progress: Callable[[int], object]) -> Iterator[str]:
    """What does not fit, as sentences."""
    behind = reading().scalar(sa.select(sa.func.count(Log.id)).where(Log.projected < Log.have))
    apart = reading().scalar(sa.select(sa.func.count(Branch.id)).where(~Branch.projected))
    if behind or apart:
        yield f"{behind} logs and {apart} branches are not projected to their end"
        return
    for rids in _in_parts(_founding):
        yield from _differing(rids)
        progress(0)
    for t, table in TABLES.items():
        for rids in _in_parts(lambda after, t=table: _rids(t, after)):
            yield from _groundless(t, rids)
    for rid in noted.differing(reading()):
        yield f"the words of {rid.hex()} are not those of its note"


def _founding(after: bytes) -> sa.Select:
    """Rids of visits and events, in order."""
    return (
        sa.select(Entry.rid)
        .where(Entry.type.in_(TABLES), Entry.rid > after)
        .distinct()
        .order_by(Entry.rid)
        .limit(BATCH)
    )


def _rids(table: sa.Table, after: bytes) -> sa.Select:
    rid = table.c.rid
    return sa.select(rid).where(rid > after).distinct().order_by(rid).limit(BATCH)


def _in_parts(ask: Callable[[bytes], sa.Select]) -> Iterator[Sequence[bytes]]:
    after = bytes(16)
    while rids := reading().scalars(ask(after)).all():
        yield rids
        after = rids[-1]


def _differing(rids: Sequence[bytes]) -> Iterator[str]:
    """Rows that are not what the entries give."""
    session = reading()
    families = gathered(session, rids, Reader())
    made = standings.worked_out(session, families, standings.conflicting(families), Known(session))
    for t, table in TABLES.items():
        found = session.execute(sa.select(table).where(table.c.rid.in_(rids)))
        kept = {row.rid: tuple(row) for row in found}
        for rid in rids:
            row = made.standing[t].get(rid)
            if _comparable(table, row) != _comparable(table, kept.get(rid)):
                yield f"{t} {rid.hex()} is not what its entries say"


def _groundless(t: str, rids: Sequence[bytes]) -> Iterator[str]:
    known = sa.select(Entry.rid).where(Entry.rid.in_(rids), Entry.type == t)
    for rid in sorted(set(rids) - set(reading().scalars(known))):
        yield f"{t} {rid.hex()} has no entry"


def _comparable(table: sa.Table, row: tuple | None) -> list | None:
    """The values, with JSON as a value whether it came as text or not."""
    if row is None:
        return None
    return [
        json.loads(value) if isinstance(column.type, sa.JSON) and isinstance(value, str) else value
        for column, value in zip(table.columns, row, strict=True)
    ]
