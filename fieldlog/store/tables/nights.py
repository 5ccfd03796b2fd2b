"""What each nightly run did. Knows nothing of how it is done."""

from datetime import date, datetime

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Json, Serial, Utc


class Night(db.Model):
    """One run. `node` ran it; `night` is its operational day; counts are of entries."""

    __tablename__ = "nights"
    __table_args__ = (Index(None, "started_at"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    node: Mapped[str] = mapped_column(Text)
    night: Mapped[date] = mapped_column(Date)
    started_at: Mapped[datetime] = mapped_column(Utc)
    finished_at: Mapped[datetime | None] = mapped_column(Utc)
    outcome: Mapped[str | None] = mapped_column(Text)
    sent: Mapped[int] = mapped_column(default=0)
    verified: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str | None] = mapped_column(Text)
    detail: Mapped[dict | None] = mapped_column(Json)
