"""Pages of the audit log, newest first, for those whose acts or records one may look into."""

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Audit

_ROWS = Audit.__table__


def page(
    orgs: tuple[str, ...] | None, *, what: str | None, before: int | None, limit: int
) -> list[sa.Row]:
    """The rows below `before`. `orgs`: acts of their people, and about their records; None: all."""
    if orgs is None:
        return _read(_narrowed(what, before), limit)
    either = (_ROWS.c.org.in_(orgs), _ROWS.c.owner.in_(orgs))
    found = [row for each in either for row in _read(_narrowed(what, before).where(each), limit)]
    return sorted({row.seq: row for row in found}.values(), key=lambda row: -row.seq)[:limit]


def _narrowed(what: str | None, before: int | None) -> sa.Select:
    wanted = sa.select(_ROWS)
    if what is not None:
        wanted = wanted.where(_ROWS.c.what == what)
    return wanted if before is None else wanted.where(_ROWS.c.seq < before)


def _read(wanted: sa.Select, limit: int) -> list[sa.Row]:
    return reading().execute(wanted.order_by(_ROWS.c.seq.desc()).limit(limit)).all()
