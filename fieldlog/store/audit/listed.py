"""Pages of the audit log, newest first, for those whose acts or records one may look into."""

from collections.abc import Iterable

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Audit

# Acts with many records at once: whose they were is not in the row.
MANY = ("log.read", "log.export", "features.read")
_ROWS = Audit.__table__


def page(
    orgs: tuple[str, ...] | None, *, what: str | None, before: int | None, limit: int
) -> list[sa.Row]:
    """The rows below `before`. `orgs`: acts of their people, and about their records; None: all."""
    narrowed = _narrowed(what, before)
    if orgs is None:
        return _read(narrowed, limit)
    return _either(narrowed, (_ROWS.c.org.in_(orgs), _ROWS.c.owner.in_(orgs)), limit)


def of_author(account: str, org: str, *, before: int | None, limit: int) -> list[sa.Row]:
    """What others did, below `before`, with the records that the account wrote, and with many of
    its organisation at once: its own may have been among those.
    """
    many = sa.and_(
        _ROWS.c.org == org,
        _ROWS.c.what.in_(MANY),
        _ROWS.c.author.is_(None),
        _ROWS.c.detail["collection"].as_string().is_distinct_from("places"),
    )
    others = _narrowed(None, before).where(_ROWS.c.account.is_distinct_from(account))
    return _either(others, (_ROWS.c.author == account, many), limit)


def _narrowed(what: str | None, before: int | None) -> sa.Select:
    wanted = sa.select(_ROWS)
    if what is not None:
        wanted = wanted.where(_ROWS.c.what == what)
    return wanted if before is None else wanted.where(_ROWS.c.seq < before)


def _either(wanted: sa.Select, each: Iterable[sa.ColumnElement], limit: int) -> list[sa.Row]:
    """Each condition is asked apart, as its index leads."""
    found = {row.seq: row for one in each for row in _read(wanted.where(one), limit)}
    return sorted(found.values(), key=lambda row: -row.seq)[:limit]


def _read(wanted: sa.Select, limit: int) -> list[sa.Row]:
    return reading().execute(wanted.order_by(_ROWS.c.seq.desc()).limit(limit)).all()
