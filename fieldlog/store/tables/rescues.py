"""Rescue files that came here: as they were, until nothing in them can be missed. Sealed."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Hex, Json, Utc

HELD = text("file IS NOT NULL")


class Rescue(db.Model):
    """One file by its hash. `state`: waiting (at a node), taken or refused, `code` says why.

    `carrier` brought it: a device or an account. `device`, `made_at`: as its first line says.
    `file` is null once it may go; `told` is what was answered last.
    """

    __tablename__ = "rescues"
    __table_args__ = (
        Index("ix_rescues_held", "received_at", sqlite_where=HELD, postgresql_where=HELD),
    )

    sha256: Mapped[str] = mapped_column(Hex(32), primary_key=True)
    device: Mapped[str] = mapped_column(Text)
    carrier: Mapped[str] = mapped_column(Text)
    made_at: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Utc)
    size: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[datetime | None] = mapped_column(Utc)
    told: Mapped[dict | None] = mapped_column(Json)
    file: Mapped[bytes | None] = mapped_column(LargeBinary)
