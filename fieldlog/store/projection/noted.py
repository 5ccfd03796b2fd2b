"""Keeps the words of notes beside the rows of their records. Knows nothing of who looks."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import bulk, words
from fieldlog.store.projection.rows import TABLES
from fieldlog.store.tables import NoteWord

TABLE = NoteWord.__table__
COLUMNS = ("rid", "org", "observed_at", "note")
AT_A_TIME = 1_000
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


def write(session: Session, rids: Iterable[bytes], found: Sequence[tuple]) -> None:
    """Have these records hold what was `found`, and nothing of what they held before."""
    stale = list(bulk.counted(session, TABLE.c.rid, list(rids)))
    for start in range(0, len(stale), AT_A_TIME):
        chunk = stale[start : start + AT_A_TIME]
        session.execute(sa.delete(TABLE).where(TABLE.c.rid.in_(chunk)))
    bulk.insert(session, TABLE, found)


def differing(
    session: Session, rids: Sequence[bytes], standing: dict[str, dict[bytes, tuple]]
) -> list[bytes]:
    """Those of these records that hold other words than their rows ask for."""
    kept = session.execute(sa.select(TABLE).where(TABLE.c.rid.in_(rids)))
    odd = {tuple(row) for row in kept} ^ set(of(standing))
    return sorted({rid for _org, _week, _word, rid, _at in odd})
