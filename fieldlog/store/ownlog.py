"""This store's own log: what supervisors do with records is written there, like on a phone.

Knows nothing of who may do it.
"""

import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import identity, program, projection
from fieldlog.store.arrived import Reader
from fieldlog.store.database import is_sqlite, writing
from fieldlog.store.ledger import SqlLedger
from fieldlog.store.tables import Log
from sync import chain, records
from sync.ports import Entry

OWN_LOG_LOCK = 3  # the first key of PostgreSQL's advisory locks: one number a purpose


def write(t: str, body: dict[str, Any], account) -> bytes:
    """Write a record by `account` (id, org) and project it; its rid. ValueError if unfit.

    On disk once this returns, unless a surrounding `writing()` decides otherwise.
    """
    rid, now = records.new_rid(), datetime.now(UTC)
    payload = records.compose(t, body, rid=rid, at=now, by=account.id, org=account.org)
    reader = Reader()
    with writing() as session:
        ledger = current(session, account, now, reader)
        append(ledger, payload)
        ledger.save()
    projection.project(ledger.row.id, reader)
    return records.rid_bytes(rid)


def current(session: Session, account, now: datetime, reader: Reader) -> SqlLedger:
    """The log that is written now, locked; begun by an `open` the first time."""
    device = identity.get().device
    name = _name(session)
    if name is None and not is_sqlite():
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(OWN_LOG_LOCK, 0)))
        name = _name(session)
    if name is None:
        return begin(session, account, now, reader, **_after_what(session, device))
    return SqlLedger(session, name, device, now, reader)


def leave() -> None:
    """Write no more into the log that is written now: the next record begins another.

    After a restore from a copy: others may hold more of the old log than is here, and what were
    written behind this end would not fit theirs.
    """
    with writing() as session:
        session.execute(sa.update(Log).values(own=False).where(Log.own))


def begin(
    session: Session,
    account,
    now: datetime,
    reader: Reader,
    *,
    reason: str,
    previous: dict[str, Any] | None,
) -> SqlLedger:
    """Begin a new log of our own; from now on it is the one written."""
    device = identity.get().device
    session.execute(sa.update(Log).values(own=False).where(Log.own))
    ledger = SqlLedger(session, secrets.token_hex(16), device, now, reader)
    ledger.claim(device, None)
    ledger.row.own = True
    body = {"device": device, "app": program.VERSION, "reason": reason, "previous": previous}
    append(ledger, records.compose("open", body, at=now, by=account.id, org=account.org))
    ledger.save()
    return ledger


def append(ledger: SqlLedger, payload: bytes) -> None:
    """Put one payload at the end."""
    digest, seq = chain.digest(payload), ledger.have + 1
    ledger.append([Entry(seq, digest, chain.link(ledger.hash, seq, digest), payload)])


def _after_what(session: Session, device: str) -> dict[str, Any]:
    """Why a log of ours begins, and behind which one that was left."""
    ours = sa.select(Log).where(Log.device == device).order_by(Log.id.desc()).limit(1)
    left = session.scalar(ours)
    if left is None:
        return {"reason": "new", "previous": None}
    reason = "forked" if left.up_r == "fork" else "restored"
    return {"reason": reason, "previous": {"log": left.log, "seq": left.have}}


def _name(session: Session) -> str | None:
    return session.scalar(sa.select(Log.log).where(Log.own))
