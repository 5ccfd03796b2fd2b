"""What people on phones were told by a coordinator or a supervisor. Knows not who has read it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Utc


class Message(db.Model):
    """`kind`: word or outcome. For everyone where both `org` and `account` are null."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    org: Mapped[str | None] = mapped_column(ForeignKey("organisations.code"))
    account: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
