"""Who looked at what, and who did what, each row bound to the one before. No texts, no positions.

`seq` counts from 1 without a gap. `account`, `role` and `org` are of who did it; null where nobody
is signed in. `owner` and `author` are the organisation and the account of the record it was about.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Bytes, Json, Utc

OWNED = text("owner IS NOT NULL")
WRITTEN = text("author IS NOT NULL")


class Audit(db.Model):
    """One act: `what` is its verb, `subject` the id of what it was about."""

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "org", "seq"),
        Index(None, "what", "seq"),
        Index("ix_audit_owner", "owner", "seq", sqlite_where=OWNED, postgresql_where=OWNED),
        Index("ix_audit_author", "author", "seq", sqlite_where=WRITTEN, postgresql_where=WRITTEN),
    )

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Utc)
    what: Mapped[str] = mapped_column(Text)
    account: Mapped[str | None] = mapped_column(Text)
    role: Mapped[str | None] = mapped_column(Text)
    org: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str | None] = mapped_column(Text)
    detail: Mapped[dict | None] = mapped_column(Json)
    hash: Mapped[bytes] = mapped_column(Bytes(32))
