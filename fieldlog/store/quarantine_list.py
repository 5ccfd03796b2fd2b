"""What now stands in quarantine, newest first, for the page that looks at it. Changes nothing.

Permission is part of the question: only entries from phones of the organisations asked for.
"""

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Device, Entry, Log, Quarantine

STANDING = sa.text("quarantine.released_at IS NULL")


def page(orgs: tuple[str, ...], *, after: int | None = None, limit: int = 50) -> list[sa.Row]:
    """The next `limit` entries older than entry id `after`: what, why, since when, and whence."""
    wanted = _standing(orgs).order_by(Quarantine.entry_id.desc()).limit(limit)
    if after is not None:
        wanted = wanted.where(Quarantine.entry_id < after)
    return reading().execute(wanted).all()


def one(entry: int, orgs: tuple[str, ...]) -> sa.Row | None:
    """The entry with this id, if it stands in quarantine and is these organisations'."""
    return reading().execute(_standing(orgs).where(Quarantine.entry_id == entry)).first()


def _standing(orgs: tuple[str, ...]) -> sa.Select:
    return (
        sa.select(
            Entry.id,
            Entry.seq,
            Entry.digest,
            Entry.payload,
            Entry.rid,
            Entry.type,
            Entry.received_at,
            Log.log,
            Log.device,
            Quarantine.code,
            Quarantine.message,
            Quarantine.since,
            Device.org,
        )
        .join(Entry, Entry.id == Quarantine.entry_id)
        .join(Log, Log.id == Quarantine.log_id)
        .join(Device, Device.id == Log.device)
        .where(STANDING, Device.org.in_(orgs))
    )
