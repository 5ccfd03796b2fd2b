"""Adds entries and fills in payloads that were gone. Knows their places, not how they got them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, object_session

from fieldlog.store import bulk
from fieldlog.store.arrived import Arrived, Reader
from fieldlog.store.blobs import named
from fieldlog.store.database import is_sqlite
from fieldlog.store.tables import Entry
from sync import ports

_ENTRIES = Entry.__table__
_LAST = sa.select(sa.func.max(_ENTRIES.c.id))
_NEXT = sa.text("SELECT nextval('entries_id_seq') FROM generate_series(1, :count)")


def add(
    session: Session,
    log_id: int,
    branch: int,
    new: Sequence[ports.Entry],
    now: datetime,
    reader: Reader,
) -> list[Arrived]:
    """Insert entries; returns them as they arrived, in order."""
    rows, arrived = [], []
    for number, (seq, digest, hash_, payload) in zip(_new_ids(session, len(new)), new, strict=True):
        each = reader.arrived(number, log_id, branch, seq, digest, payload, now)
        rid, subject, kind = _index_values(each.record or each.fault)
        rows.append((number, log_id, branch, seq, digest, hash_, payload, rid, subject, kind, now))
        arrived.append(each)
    bulk.insert(session, _ENTRIES, rows)
    named.note(session, arrived)
    return arrived


def fill(entry: Entry, payload: bytes, reader: Reader) -> None:
    """Put back a payload that was gone."""
    entry.payload = payload
    index(entry, reader)


def index(entry: Entry, reader: Reader) -> None:
    """Note what the entry is to be found by."""
    read = reader.row(entry)
    entry.rid, entry.subject, entry.type = _index_values(read.record or read.fault)
    named.note(object_session(entry), [read])


def _index_values(read) -> tuple[bytes | None, bytes | None, str | None]:
    """(rid, subject, type) to find an entry by; of what can't be read only the rid, if any."""
    if read is None:
        return None, None, None
    return read.rid, getattr(read, "subject", None), getattr(read, "t", None)


def _new_ids(session: Session, count: int) -> Iterable[int]:
    """Row numbers taken before the insert, which then needs to return nothing."""
    if is_sqlite():
        last = session.connection().execute(_LAST).scalar() or 0
        return range(last + 1, last + 1 + count)
    return session.connection().execute(_NEXT, {"count": count}).scalars().all()
