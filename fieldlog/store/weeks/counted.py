"""Which records a week counts: the one place that says so, in words of SQL.

Knows nothing of weeks. The log's filter `counted` asks the same, so that behind a figure stand
the records it is made of.
"""

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Category, Event, Visit

CALLOUT = "callout"
SET_ASIDE = "set_aside"


def visits() -> list[sa.ColumnElement[bool]]:
    """Visits that are over, are not in quarantine and were not set aside. Call-outs are among
    them: whether they count is the promise's to say."""
    return [Visit.state == "ended", *sound(Visit)]


def events() -> list[sa.ColumnElement[bool]]:
    """Events that stand and are incidents. A standing condition has no "when": it is a fault
    with an age, not an event of a week."""
    return [
        Event.state == "stands",
        Event.standing.is_(None),
        Event.category.not_in(not_incidents()),
        *sound(Event),
    ]


def not_incidents() -> list[str]:
    """Categories that are no incident: what is to come, and calm."""
    return list(reading().scalars(sa.select(Category.code).where(Category.incident.is_(False))))


def sound(model) -> list[sa.ColumnElement[bool]]:
    """Neither in quarantine nor set aside."""
    return [model.code.is_(None), model.review != SET_ASIDE]
