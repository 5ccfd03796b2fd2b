"""What the weekly meeting keeps: frozen pictures, decisions and actions. Knows no figure.

Rows are only added. Where a thing can be said again, the newest row of it holds.
"""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Json, Serial, Utc


class Picture(db.Model):
    """A week as the meeting saw it. `body` is JSON text, byte for byte; `sha256` is its hash."""

    __tablename__ = "pictures"

    week: Mapped[str] = mapped_column(Text, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    frozen_at: Mapped[datetime] = mapped_column(Utc)
    frozen_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))


class Decision(db.Model):
    """What was decided for `week`: a focus in words, and places as [{code, visits, when}]."""

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "week"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    week: Mapped[str] = mapped_column(Text)
    focus: Mapped[str] = mapped_column(Text)
    places: Mapped[list] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(Utc)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))


class Action(db.Model):
    """One version of the action `number`. `done`: the day it was; null while it is not."""

    __tablename__ = "actions"
    __table_args__ = (Index(None, "number"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    what: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(ForeignKey("organisations.code"))
    due: Mapped[date] = mapped_column(Date)
    place: Mapped[str | None] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(Text)
    done: Mapped[date | None] = mapped_column(Date)
    result: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Utc)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
