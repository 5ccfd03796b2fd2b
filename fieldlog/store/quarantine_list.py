"""What now stands in quarantine, newest first, for the page that looks at it. Changes nothing.

Permission is part of the question: only entries from phones of the organisations asked for.
"""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from fieldlog.store.database import reading
from fieldlog.store.tables import Device, Entry, Event, Log, Quarantine, Visit

STANDING = sa.text("quarantine.released_at IS NULL")
# To be looked at; sent back and not answered; put right or withdrawn by its author since.
SHOWN = ("open", "returned", "answered")


def page(
    orgs: tuple[str, ...], *, show: str = "open", after: int | None = None, limit: int = 50
) -> list[sa.Row]:
    """The next `limit` entries older than entry id `after`: what, why, since when, and whence."""
    wanted = _standing(orgs).where(_which(show)).order_by(Quarantine.entry_id.desc()).limit(limit)
    if after is not None:
        wanted = wanted.where(Quarantine.entry_id < after)
    return reading().execute(wanted).all()


def counts(orgs: tuple[str, ...]) -> dict[str, int]:
    """How many there are of each that can be shown."""
    return {
        show: reading().scalar(
            sa.select(sa.func.count()).select_from(_standing(orgs).where(_which(show)).subquery())
        )
        for show in SHOWN
    }


def one(entry: int, orgs: tuple[str, ...]) -> sa.Row | None:
    """The entry with this id, if it stands in quarantine and is these organisations'."""
    return reading().execute(_standing(orgs).where(Quarantine.entry_id == entry)).first()


def about(row: sa.Row) -> bytes | None:
    """The rid of the record that an entry is about, as its author knows it."""
    return row.subject or row.rid


def _standing(orgs: tuple[str, ...]) -> sa.Select:
    return (
        sa.select(
            Entry.id,
            Entry.seq,
            Entry.digest,
            Entry.payload,
            Entry.rid,
            Entry.subject,
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
        .join(Log, Log.id == Entry.log_id)
        .join(Device, Device.id == Log.device)
        .where(STANDING, Device.org.in_(orgs))
    )


def _which(show: str) -> sa.ColumnElement[bool]:
    if show == "answered":
        return _answered()
    return sa.and_(~_answered(), _returned() if show == "returned" else ~_returned())


def _answered() -> sa.ColumnElement[bool]:
    """The record counts after all, or is withdrawn; or its author spoke of it again."""
    settled = [
        sa.select(table.rid)
        .where(table.rid == Entry.rid)
        .where(table.code.is_(None) | (table.state == "withdrawn"))
        .exists()
        for table in (Visit, Event)
    ]
    founding = Entry.type.in_(("visit", "event"))
    said_again = _later(aliased(Entry), ("amend", "withdraw"))
    return sa.or_(
        sa.and_(founding, sa.or_(*settled)),
        sa.and_(sa.or_(Entry.type.is_(None), ~founding), said_again),
    )


def _returned() -> sa.ColumnElement[bool]:
    return _later(aliased(Entry), ("return",))


def _later(other, types: tuple[str, ...]) -> sa.ColumnElement[bool]:
    """Whether something of these types, which itself counts, came after and is about the same."""
    aside = aliased(Quarantine)
    doubtful = sa.select(aside.entry_id).where(
        aside.entry_id == other.id, aside.released_at.is_(None)
    )
    return (
        sa.select(other.id)
        .where(other.subject == sa.func.coalesce(Entry.subject, Entry.rid))
        .where(other.type.in_(types), other.id > Entry.id, ~doubtful.exists())
        .exists()
    )
