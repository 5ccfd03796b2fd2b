"""What people have agreed on, version by version. Knows no rules of any kind of thing."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Json, Serial, Utc


class Version(db.Model):
    """One version of one thing; never changed, never removed.

    `since` is the day from which it holds, `state` is draft, published or ended. `made_by` is an
    account, NULL when a command made it.
    """

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("kind", "code", "number"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column()
    since: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(Text)
    body: Mapped[dict] = mapped_column(Json)
    made_at: Mapped[datetime] = mapped_column(Utc)
    made_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str | None] = mapped_column(Text)
