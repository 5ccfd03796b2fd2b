"""What a meeting decided for a week: its focus and its places. Said anew, the newest holds and the
older ones stay. Knows nothing of how it reaches the phones.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from fieldlog.store import hooks
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Decision

Places = list[dict[str, Any]]  # {code, visits: int or None, when: words}


def decide(week: str, focus: str, places: Places, by: str, now: datetime) -> Decision:
    """Decide for the week; what was decided before is kept under it."""
    row = Decision(week=week, focus=focus, places=places, at=now, by=by)
    with writing() as session:
        session.add(row)
        session.flush()
        session.expunge(row)
        hooks.of_week(hooks.DECIDED, week, str(row.id), now)
    return row


def of(week: str) -> Decision | None:
    """What holds for the week."""
    return reading().scalars(_newest_first(week).limit(1)).first()


def history(week: str) -> list[Decision]:
    """All that was ever decided for the week, newest first."""
    return list(reading().scalars(_newest_first(week)))


def _newest_first(week: str):
    return select(Decision).where(Decision.week == week).order_by(Decision.id.desc())
