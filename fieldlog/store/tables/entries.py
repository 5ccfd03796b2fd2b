"""Logs, their entries, and branches kept apart. The truth: all else about records follows."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Bytes, Hex, Json, Serial, Utc

RELEASE = text("type = 'release'")
RETURN = text("type = 'return'")


class Log(db.Model):
    """One log as far as it is here: `base` < entries <= `have`.

    `device` owns it, `via_node` passed it on, `own` marks this store's. `projected` is how far
    the tables of records have followed. `known`: how far the centre is believed to have it.
    `up_*` is the centre's last receipt, as we learnt it; `up_r` says fork where its log is another.
    """

    __tablename__ = "logs"
    __table_args__ = (Index(None, "device"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    log: Mapped[str] = mapped_column(Hex(16), unique=True)
    device: Mapped[str | None] = mapped_column(Text)
    via_node: Mapped[str | None] = mapped_column(Text)
    own: Mapped[bool] = mapped_column(default=False)
    base: Mapped[int] = mapped_column(BigInteger, default=0)
    base_hash: Mapped[bytes] = mapped_column(Bytes(32))
    have: Mapped[int] = mapped_column(BigInteger, default=0)
    hash: Mapped[bytes] = mapped_column(Bytes(32))
    projected: Mapped[int] = mapped_column(BigInteger, default=0)
    opened: Mapped[str | None] = mapped_column(Text)
    previous: Mapped[str | None] = mapped_column(Hex(16))
    closed: Mapped[bool] = mapped_column(default=False)
    unsent: Mapped[int | None] = mapped_column(BigInteger)
    skew_s: Mapped[float | None] = mapped_column(Float)
    app: Mapped[str | None] = mapped_column(Text)
    first_at: Mapped[datetime] = mapped_column(Utc)
    last_at: Mapped[datetime] = mapped_column(Utc)
    known: Mapped[int] = mapped_column(BigInteger, default=0)
    up_r: Mapped[str | None] = mapped_column(Text)
    up_have: Mapped[int | None] = mapped_column(BigInteger)
    up_hash: Mapped[bytes | None] = mapped_column(Bytes(32))
    up_inc: Mapped[str | None] = mapped_column(Text)
    up_at: Mapped[str | None] = mapped_column(Text)
    up_sig: Mapped[str | None] = mapped_column(Text)
    up_q: Mapped[list | None] = mapped_column(Json)


class Branch(db.Model):
    """A run of entries first..head_seq that does not fit its log: a clone's or a restored one's.

    `prev` is the chain hash before `first`, `head` the one at `head_seq`. Never merged, never
    dropped; its records are projected like any other.
    """

    __tablename__ = "branches"
    __table_args__ = (UniqueConstraint("log_id", "number"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    log_id: Mapped[int] = mapped_column(ForeignKey("logs.id"))
    number: Mapped[int] = mapped_column()
    first: Mapped[int] = mapped_column(BigInteger)
    prev: Mapped[bytes] = mapped_column(Bytes(32))
    head: Mapped[bytes] = mapped_column(Bytes(32))
    head_seq: Mapped[int] = mapped_column(BigInteger)
    projected: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime] = mapped_column(Utc)


class Entry(db.Model):
    """One entry, byte for byte. Added, filled once if its payload was gone, never changed.

    `branch` 0 is the log itself. `rid`, `subject` and `type` are read out of the payload; null
    where it could not be read. No foreign key to logs: entries are added only under the lock
    on their log's row, and PostgreSQL checks each row dearly.
    """

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("log_id", "branch", "seq"),
        Index(None, "rid"),
        Index(None, "subject"),
        Index("ix_entries_release", "subject", sqlite_where=RELEASE, postgresql_where=RELEASE),
        Index("ix_entries_return", "id", sqlite_where=RETURN, postgresql_where=RETURN),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    log_id: Mapped[int] = mapped_column(BigInteger)
    branch: Mapped[int] = mapped_column(default=0)
    seq: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(Bytes(32))
    hash: Mapped[bytes] = mapped_column(Bytes(32))
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    rid: Mapped[bytes | None] = mapped_column(Bytes(16))
    subject: Mapped[bytes | None] = mapped_column(Bytes(16))
    type: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Utc)
