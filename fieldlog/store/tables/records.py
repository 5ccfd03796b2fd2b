"""Visits and events as they now stand: one row a rid, made from the entries and nothing else.

`code` is why the founding entry is in quarantine; null when it is not, or its author has put it
right since. Every list asks within an organisation, so every index begins with it. `merged_into` is
the record that stands for both; `shared` lists the organisations it was shown to, each between
spaces.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Double, Index, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from fieldlog.store.database import db
from fieldlog.store.types import Bytes, Json, Utc


def _partial(table: str, name: str, condition: str, *columns: str) -> Index:
    """An index over the few rows that meet `condition`: it costs nothing for the others.

    SQLite uses it only where the query writes the same literal.
    """
    where = text(condition)
    return Index(f"ix_{table}_{name}", *columns, sqlite_where=where, postgresql_where=where)


def _indexes(table: str, *leading: str) -> tuple:
    """Newest first within an organisation, also by each of `leading` and by what is rare."""
    paging = ("org", "observed_at", "rid")
    return (
        Index(None, *paging),
        *(Index(None, "org", column, "observed_at", "rid") for column in leading),
        _partial(table, "quarantined", "code IS NOT NULL", *paging),
        _partial(table, "withdrawn", "state = 'withdrawn'", *paging),
        _partial(table, "conflict", "conflict = true", "org", "conflict", "observed_at", "rid"),
        _partial(table, "merged", "merged_into IS NOT NULL", "merged_into"),
        _partial(table, "shared", "shared IS NOT NULL", "observed_at", "rid"),
        _partial(table, "reviewed", "review <> 'new'", "org", "review", "observed_at", "rid"),
        {"sqlite_with_rowid": False},
    )


class _Standing:
    """What a visit and an event have in common."""

    rid: Mapped[bytes] = mapped_column(Bytes(16), primary_key=True)
    entry_id: Mapped[int] = mapped_column(BigInteger)
    device: Mapped[str | None] = mapped_column(Text)
    account: Mapped[str] = mapped_column(Text)
    org: Mapped[str] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    lat: Mapped[float | None] = mapped_column(Double)
    lon: Mapped[float | None] = mapped_column(Double)
    observed_at: Mapped[datetime] = mapped_column(Utc)
    note: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Utc)
    code: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    amended: Mapped[bool] = mapped_column(default=False)
    conflict: Mapped[bool] = mapped_column(default=False)
    review: Mapped[str] = mapped_column(Text, default="new")
    body: Mapped[dict] = mapped_column(Json)
    merged_into: Mapped[bytes | None] = mapped_column(Bytes(16))
    shared: Mapped[str | None] = mapped_column(Text)


class Visit(_Standing, db.Model):
    """`state`: running, ended or withdrawn."""

    __tablename__ = "visits"

    @declared_attr.directive
    def __table_args__(cls):
        running = _partial("visits", "running", "state = 'running'", "org", "observed_at", "rid")
        return (running, *_indexes("visits", "place"))

    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    ended_by: Mapped[str | None] = mapped_column(Text)
    mode: Mapped[str] = mapped_column(Text)
    crew: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str] = mapped_column(Text)
    climate: Mapped[str | None] = mapped_column(Text)
    contacts: Mapped[str | None] = mapped_column(Text)
    nothing_observed: Mapped[bool | None] = mapped_column()


class Event(_Standing, db.Model):
    """`state`: stands or withdrawn. `standing`: null, or open/fixed for a standing condition."""

    __tablename__ = "events"

    @declared_attr.directive
    def __table_args__(cls):
        of_visit = _partial("events", "visit", "visit IS NOT NULL", "visit")
        is_open = _partial("events", "open", "standing = 'open'", "org", "observed_at", "rid")
        return (of_visit, is_open, *_indexes("events", "place", "category"))

    visit: Mapped[bytes | None] = mapped_column(Bytes(16))
    category: Mapped[str] = mapped_column(Text)
    precision: Mapped[str] = mapped_column(Text)
    to_at: Mapped[datetime | None] = mapped_column(Utc)
    source: Mapped[str] = mapped_column(Text)
    people: Mapped[str | None] = mapped_column(Text)
    severity: Mapped[int] = mapped_column(SmallInteger)
    standing: Mapped[str | None] = mapped_column(Text)
