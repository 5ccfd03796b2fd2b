"""Which records a week counts: the one place that says so, in words of SQL.

Everything is asked within the organisations whose records the figure is made of. Knows nothing of
weeks. The log's filter `counted` asks the same, so that behind a figure stand the records it is
made of.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from fieldlog.store.database import reading
from fieldlog.store.tables import Category, Event, Visit

Orgs = Sequence[str]
CALLOUT = "callout"
SET_ASIDE = "set_aside"


def visits(orgs: Orgs) -> list[sa.ColumnElement[bool]]:
    """Visits that are over and sound. Call-outs are among them: whether they count is the
    promise's to say."""
    return [Visit.state == "ended", *sound(Visit, orgs)]


def events(orgs: Orgs) -> list[sa.ColumnElement[bool]]:
    """Events that stand and are incidents. A standing condition has no "when": it is a fault
    with an age, not an event of a week."""
    return [
        Event.state == "stands",
        Event.standing.is_(None),
        Event.category.not_in(not_incidents()),
        *sound(Event, orgs),
    ]


def not_incidents() -> list[str]:
    """Categories that are no incident: what is to come, and calm."""
    return list(reading().scalars(sa.select(Category.code).where(Category.incident.is_(False))))


def sound(model, orgs: Orgs) -> list[sa.ColumnElement[bool]]:
    """Neither in quarantine, nor set aside, nor the double of one that counts."""
    return [*_taken(model), model.rid.not_in(_doubles(model, orgs))]


def _doubles(model, orgs: Orgs) -> sa.Select:
    """What was merged into a record that is counted too. Who counts only the double (the other
    is another organisation's, or was taken back since) still counts it, and once.

    Of visits only those of one organisation: two organisations were both there, and each has
    kept its own part of the promise. Minutes of a union never count twice anyway.
    """
    double, whole = aliased(model), aliased(model)
    same = [whole.org == double.org] if model is Visit else []
    counts = sa.exists().where(
        whole.rid == double.merged_into,
        whole.org.in_(orgs),
        whole.state != "withdrawn",
        # Two stores may each have merged one into the other: then one of them stands for both.
        sa.or_(whole.merged_into.is_distinct_from(double.rid), whole.rid < double.rid),
        *_taken(whole),
        *same,
    )
    return sa.select(double.rid).where(double.merged_into.is_not(None), counts)


def _taken(model) -> list[sa.ColumnElement[bool]]:
    return [model.code.is_(None), model.review != SET_ASIDE]
