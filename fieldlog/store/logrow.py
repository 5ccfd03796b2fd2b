"""The row of one log: locked by one statement, written back by one.

The statements are made once, past the ORM, because every push goes through them. Knows nothing
of what the columns are for.
"""

from types import SimpleNamespace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store.database import is_sqlite
from fieldlog.store.tables import Log
from sync import chain

LOG_LOCK = 1  # the first key of PostgreSQL's advisory locks: one number a purpose

_LOGS = Log.__table__
_ADD = sa.insert(_LOGS)
_FIND = sa.select(_LOGS).where(_LOGS.c.log == sa.bindparam("wanted")).with_for_update()
_FIND_ID = sa.select(_LOGS).where(_LOGS.c.id == sa.bindparam("wanted")).with_for_update()
_RECEIVED = (
    "device",
    "via_node",
    "own",
    "base",
    "base_hash",
    "have",
    "hash",
    "projected",
    "unsent",
    "skew_s",
    "app",
    "last_at",
)
_PROJECTED = ("projected", "opened", "previous", "closed")


class LogRow(SimpleNamespace):
    """The columns of a log by their names; `id` is None as long as it is not kept."""


def find(session: Session, log: str, now) -> LogRow:
    """The log's row, locked until the transaction ends; a new one if nobody has heard of it."""
    row = _fetched(session, _FIND, log)
    if row is None and not is_sqlite():
        # Two pushes of a log nobody has heard of: the second waits here and finds its row.
        number = int.from_bytes(bytes.fromhex(log[:8]), "big", signed=True)
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(LOG_LOCK, number)))
        row = _fetched(session, _FIND, log)
    return row or _unheard_of(log, now)


def lock(session: Session, log_id: int) -> LogRow:
    """The same by the row's number."""
    return _fetched(session, _FIND_ID, log_id)


def add(session: Session, row: LogRow) -> None:
    """Keep a log that was not known before."""
    values = {name: value for name, value in vars(row).items() if name != "id"}
    row.id = session.connection().execute(_ADD, values).inserted_primary_key[0]


def save_received(session: Session, row: LogRow) -> None:
    """Write back what a push changes."""
    _save(session, _UPDATE_RECEIVED, _RECEIVED, row)


def save_projected(session: Session, row: LogRow) -> None:
    """Write back what following the log changes."""
    _save(session, _UPDATE_PROJECTED, _PROJECTED, row)


def _fetched(session: Session, statement: sa.Select, wanted) -> LogRow | None:
    found = session.connection().execute(statement, {"wanted": wanted}).mappings().first()
    return None if found is None else LogRow(**found)


def _unheard_of(log: str, now) -> LogRow:
    start = chain.genesis(log)
    row = LogRow(**dict.fromkeys(_LOGS.columns.keys()))
    row.log, row.own, row.closed = log, False, False
    row.base, row.base_hash, row.have, row.hash = 0, start, 0, start
    row.projected, row.known, row.first_at, row.last_at = 0, 0, now, now
    return row


def _update(names: tuple[str, ...]) -> sa.Update:
    values = {name: sa.bindparam(f"new_{name}") for name in names}
    return sa.update(_LOGS).where(_LOGS.c.id == sa.bindparam("wanted")).values(values)


def _save(session: Session, statement: sa.Update, names: tuple[str, ...], row: LogRow) -> None:
    values = {f"new_{name}": getattr(row, name) for name in names}
    session.connection().execute(statement, {"wanted": row.id, **values})


_UPDATE_RECEIVED = _update(_RECEIVED)
_UPDATE_PROJECTED = _update(_PROJECTED)
