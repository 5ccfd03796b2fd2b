"""Entries that need a look, and those let go again. Knows codes, not why a code is given."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Serial, Utc

STANDING = text("released_at IS NULL")


class Quarantine(db.Model):
    """An entry stands here while `released_at` is null. `log_id` repeats the entry's."""

    __tablename__ = "quarantine"
    __table_args__ = (
        Index("ix_quarantine_standing", "log_id", sqlite_where=STANDING, postgresql_where=STANDING),
    )

    entry_id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=False)
    log_id: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(Utc)
    released_at: Mapped[datetime | None] = mapped_column(Utc)
