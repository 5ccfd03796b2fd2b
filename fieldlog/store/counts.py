"""How much is kept. Knows nothing of who asks, or how it is shown."""

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Entry, Event, Log, Quarantine, Visit


def count() -> dict[str, int]:
    """Entries with branches; visits and events that count; what stands in quarantine; logs."""
    session = reading()
    return {
        "entries": session.scalar(sa.select(sa.func.count(Entry.id))),
        "visits": _counting(session, Visit),
        "events": _counting(session, Event),
        "quarantined": session.scalar(
            sa.select(sa.func.count())
            .select_from(Quarantine)
            .where(Quarantine.released_at.is_(None))
        ),
        "logs": session.scalar(sa.select(sa.func.count(Log.id))),
    }


def _counting(session, table) -> int:
    """All rows less those with a code: both are counted from an index."""
    every = session.scalar(sa.select(sa.func.count()).select_from(table))
    coded = sa.select(sa.func.count()).select_from(table).where(table.code.is_not(None))
    return every - session.scalar(coded)
