"""Keeps the words of notes beside the rows of their records. Knows nothing of who looks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import bulk, words
from fieldlog.store.projection.rows import TABLES
from fieldlog.store.tables import NoteWord

TABLE = NoteWord.__table__
COLUMNS = ("rid", "org", "observed_at", "note")
AT_A_TIME = 1_000
_MARKS = {f"of_{column.name}": column for column in TABLE.columns}
_of = {t: itemgetter(*map(table.columns.keys().index, COLUMNS)) for t, table in TABLES.items()}


def of(standing: dict[str, dict[bytes, tuple]]) -> list[tuple]:
    """The rows of `note_words` that rows of visits and events ask for."""
    return [
        word
        for t, rows in standing.items()
        for row in rows.values()
        if (asks := _of[t](row))[-1]
        for word in words.rows(*asks)
    ]


def before(session: Session, rids: dict[str, Iterable[bytes]]) -> set[tuple]:
    """The same of the rows that stand now, of these records of each table."""
    found = set()
    for t, table in TABLES.items():
        stand = list(bulk.counted(session, table.c.rid, list(rids[t])))
        for start in range(0, len(stand), AT_A_TIME):
            chunk = stand[start : start + AT_A_TIME]
            found |= _asked(session, table, table.c.rid.in_(chunk))
    return found


def write(session: Session, stale: set[tuple], found: Sequence[tuple], how: Callable) -> None:
    """Have `found` in the place of `stale`."""
    if stale:
        gone, found = stale.difference(found), [row for row in found if row not in stale]
        if gone:
            this = (column == sa.bindparam(mark) for mark, column in _MARKS.items())
            rows = [dict(zip(_MARKS, row, strict=True)) for row in gone]
            session.connection().execute(sa.delete(TABLE).where(*this), rows)
    how(session, TABLE, found)


def differing(session: Session) -> Iterator[bytes]:
    """The records that hold other words than their rows ask for, looked for week by week."""
    for org in _orgs(session):
        for week in _weeks(session, org):
            since, until = words.span(week)
            asked = set()
            for table in TABLES.values():
                at = table.c.observed_at
                asked |= _asked(session, table, table.c.org == org, at >= since, at < until)
            kept = session.execute(sa.select(TABLE).where(TABLE.c.org == org, TABLE.c.week == week))
            odd = asked.symmetric_difference(map(tuple, kept))
            yield from sorted({rid for _org, _week, _word, rid, _at in odd})


def _asked(session: Session, table: sa.Table, *which: sa.ColumnElement) -> set[tuple]:
    wanted = sa.select(*(table.c[name] for name in COLUMNS)).where(*which, table.c.note != "")
    return {word for row in session.execute(wanted) for word in words.rows(*row)}


def _orgs(session: Session) -> list[str]:
    columns = (table.c.org for table in (*TABLES.values(), TABLE))
    return sorted({org for each in columns for org in session.scalars(sa.select(each).distinct())})


def _weeks(session: Session, org: str) -> list[int]:
    """Those in which it has records or words, by steps: a clock that was centuries off is one more,
    not all between."""
    found = set(session.scalars(words.weeks_of(org)))
    for table in TABLES.values():
        at = table.c.observed_at
        first = sa.select(sa.func.min(at)).where(table.c.org == org)
        moment = session.scalar(first)
        while moment is not None:
            week = words.week_of(moment)
            found.add(week)
            _, until = words.span(week)
            moment = session.scalar(first.where(at >= until))
    return sorted(found)
