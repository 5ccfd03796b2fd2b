"""Adds to the audit log, and tells its head: the number and hash of its last row.

A row is added in the transaction of what it tells of, as the last thing before it ends: one at a
time may add, and nobody waits for anything else meanwhile.
"""

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from fieldlog.store.audit import chain
from fieldlog.store.database import is_sqlite, reading, writing
from fieldlog.store.tables import Audit

AUDIT_LOCK = 6  # the first key of PostgreSQL's advisory locks: one number a purpose
_ROWS = Audit.__table__
_LAST = sa.select(_ROWS.c.seq, _ROWS.c.hash).order_by(_ROWS.c.seq.desc()).limit(1)


@dataclass(frozen=True)
class Act:
    """What was done. `detail` holds codes and counts, never what anybody wrote."""

    what: str
    account: str | None = None
    role: str | None = None
    org: str | None = None
    subject: str | None = None
    owner: str | None = None
    author: str | None = None
    detail: dict[str, Any] | None = None


@dataclass(frozen=True)
class Head:
    """The end of the log. As text (number:hash) it is handed out, to be held against it later."""

    seq: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash.hex()}"

    @classmethod
    def read(cls, text: str) -> "Head":
        """ValueError unless it is one."""
        match = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{64})", text.strip())
        if match is None:
            raise ValueError("no head of an audit log")
        return cls(int(match[1]), bytes.fromhex(match[2]))


def write(act: Act) -> None:
    """Add it, now, in the transaction that surrounds this or in a short one of its own."""
    with writing() as session:
        if not is_sqlite():
            session.execute(sa.select(sa.func.pg_advisory_xact_lock(AUDIT_LOCK, 0)))
        seq, before = session.execute(_LAST).first() or (0, chain.GENESIS)
        row = {"seq": seq + 1, "at": datetime.now(UTC), **asdict(act)}
        session.execute(sa.insert(_ROWS).values(**row, hash=chain.link(before, row)))


def head() -> Head:
    """The end as it stands."""
    return Head(*(reading().execute(_LAST).first() or (0, chain.GENESIS)))
