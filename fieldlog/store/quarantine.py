"""Entries that stand in quarantine: put there, told of, let go. Knows no reason for a code."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store.arrived import Arrived
from fieldlog.store.database import insert_new, reading
from fieldlog.store.tables import Entry, Quarantine
from sync.messages import Quarantined

RID_CONFLICT = "rid_conflict"


def of_log(log_id: int) -> tuple[Quarantined, ...]:
    """Every entry of the log itself that stands in quarantine now, in order."""
    found = reading().connection().execute(_OF_LOG, {"log": log_id})
    return tuple(Quarantined(*row) for row in found)


def codes(session: Session, entries: Iterable[int]) -> dict[int, str]:
    """Code by entry, of those among `entries` that stand in quarantine."""
    wanted = sa.select(Quarantine.entry_id, Quarantine.code).where(
        Quarantine.entry_id.in_(list(entries)), Quarantine.released_at.is_(None)
    )
    return dict(session.execute(wanted).all())


def put(session: Session, verdicts: Sequence[tuple[Arrived, str, str]]) -> None:
    """Quarantine (entry, code, message). One that was let go, or has a code, keeps what it has."""
    if verdicts:
        session.execute(insert_new(Quarantine), [_row(*verdict) for verdict in verdicts])


def change(session: Session, entry: int, code: str, message: str) -> None:
    """Another reason for an entry that stands already."""
    session.execute(
        sa.update(Quarantine).where(Quarantine.entry_id == entry).values(code=code, message=message)
    )


def lift(session: Session, entries: Iterable[int]) -> None:
    """Take entries out as if they had never been in: the reason is gone."""
    session.execute(sa.delete(Quarantine).where(Quarantine.entry_id.in_(list(entries))))


def release(session: Session, entries: Iterable[int], at: datetime) -> None:
    """Let entries go for good: a supervisor has looked at them."""
    session.execute(
        sa.update(Quarantine)
        .where(Quarantine.entry_id.in_(list(entries)), Quarantine.released_at.is_(None))
        .values(released_at=at)
    )


def _row(entry: Arrived, code: str, message: str) -> dict:
    return {
        "entry_id": entry.id,
        "log_id": entry.log_id,
        "code": code,
        "message": message,
        "since": entry.received_at,
    }


_OF_LOG = (
    sa.select(Entry.__table__.c.seq, *Quarantine.__table__.c["code", "message"])
    .join_from(Quarantine, Entry, Entry.id == Quarantine.entry_id)
    .where(
        Quarantine.log_id == sa.bindparam("log"),
        Quarantine.released_at.is_(None),
        Entry.branch == 0,
    )
    .order_by(Entry.seq)
)
