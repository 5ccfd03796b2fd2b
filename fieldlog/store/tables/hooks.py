"""Who is told of what happens here, and what is still to be told. Knows no HTTP."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Json, Utc

WAITING = text("next_at IS NOT NULL")


class Hook(db.Model):
    """`secret` signs what is sent, so it is kept in clear. `events`: what it is told of."""

    __tablename__ = "hooks"
    __table_args__ = (Index(None, "org"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    org: Mapped[str] = mapped_column(ForeignKey("organisations.code"))
    url: Mapped[str] = mapped_column(Text)
    events: Mapped[list] = mapped_column(Json)
    secret: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)


class HookPost(db.Model):
    """One thing to be told to one hook. `id` follows from what it tells: the same is told once.

    `next_at`: when it is tried next; null once it is done, or given up. `said`: how it last went.
    """

    __tablename__ = "hook_posts"
    __table_args__ = (
        Index("ix_hook_posts_next_at", "next_at", sqlite_where=WAITING, postgresql_where=WAITING),
        Index(None, "hook", "made_at"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    hook: Mapped[str] = mapped_column(ForeignKey("hooks.id"))
    event: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Utc)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(Utc)
    done_at: Mapped[datetime | None] = mapped_column(Utc)
    said: Mapped[str | None] = mapped_column(Text)
