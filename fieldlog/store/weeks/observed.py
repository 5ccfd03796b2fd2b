"""What was observed in a span of time, as rows for the week's figures.

Everything is asked within organisations and a time, as the indexes lead. Knows no figure.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Entry, Event, Organisation, Place, Visit
from fieldlog.store.weeks import counted

Orgs = Sequence[str]
LONGEST_VISIT = timedelta(days=1)  # one that began before the span may reach into it
COMING = "KOM"


def visits(orgs: Orgs, since: datetime, until: datetime, place: str | None = None) -> list[sa.Row]:
    """Visits to places (or to one) that lie in [since, until) or reach into it."""
    where = Visit.place.is_not(None) if place is None else Visit.place == place
    asked = sa.select(
        Visit.rid,
        Visit.place,
        Visit.org,
        Visit.observed_at,
        Visit.ended_at,
        Visit.crew,
        Visit.kind,
        Visit.ended_by,
        Visit.received_at,
    ).where(
        Visit.org.in_(orgs),
        Visit.observed_at >= since - LONGEST_VISIT,
        Visit.observed_at < until,
        sa.or_(Visit.observed_at >= since, Visit.ended_at > since),
        where,
        *counted.visits(orgs),
    )
    return reading().execute(asked).all()


def events(orgs: Orgs, since: datetime, until: datetime) -> list[sa.Row]:
    """Events of [since, until), with and without a place."""
    asked = sa.select(Event.place, Event.category, Event.observed_at, Event.received_at)
    asked = asked.where(*_during(Event, orgs, since, until), *counted.events(orgs))
    return reading().execute(asked).all()


def counts(orgs: Orgs, bounds: Sequence[datetime]) -> list[tuple[str | None, str, int, int]]:
    """(place, category, n, how many) for each n-th span bounds[n] ≤ t < bounds[n + 1].

    Asked a span at a time, each a stretch of the index: to sort all rows into spans costs twice.
    """
    since, until = sa.bindparam("since"), sa.bindparam("until")
    asked = (
        sa.select(Event.place, Event.category, sa.func.count())
        .where(*_during(Event, orgs, since, until), *counted.events(orgs))
        .group_by(Event.place, Event.category)
    )
    return [
        (place, category, n, many)
        for n, (first, last) in enumerate(pairwise(bounds))
        for place, category, many in reading().execute(asked, {"since": first, "until": last})
    ]


def coming(orgs: Orgs, since: datetime, until: datetime) -> list[sa.Row]:
    """What is known of [since, until) beforehand, by time. Of it only what, where and when."""
    known = Event.category.startswith(f"{COMING}.", autoescape=True)
    asked = sa.select(Event.rid, Event.org, Event.place, Event.category, Event.observed_at)
    during = _during(Event, orgs, since, until)
    sound = counted.sound(Event, orgs)
    return _by_time(asked.where(*during, known, Event.state == "stands", *sound), Event)


def faults(orgs: Orgs, until: datetime) -> list[sa.Row]:
    """Standing conditions seen before `until` and not seen fixed, the oldest first, each with how
    often it has been seen again."""
    asked = sa.select(Event.rid, Event.org, Event.place, Event.category, Event.observed_at).where(
        sa.text("standing = 'open'"),  # written out as its partial index has it
        Event.org.in_(orgs),
        Event.observed_at < until,
        Event.state == "stands",
        *counted.sound(Event, orgs),
    )
    return _by_time(asked, Event)


def seen_again(rids: Iterable[bytes]) -> dict[bytes, int]:
    """How often each of these standing conditions was confirmed."""
    asked = (
        sa.select(Entry.subject, sa.func.count())
        .where(Entry.subject.in_(list(rids)), Entry.type == "confirm")
        .group_by(Entry.subject)
    )
    return dict(reading().execute(asked).all())


def quarantined(orgs: Orgs, since: datetime, until: datetime) -> int:
    """Records of [since, until) that stand in quarantine and so are not counted."""
    return sum(
        reading().scalar(
            sa.select(sa.func.count())
            .select_from(model)
            .where(*_during(model, orgs, since, until), sa.text("code IS NOT NULL"))
        )
        for model in (Visit, Event)
    )


def late(
    visit_orgs: Orgs, event_orgs: Orgs, since: datetime, until: datetime, after: datetime
) -> dict[str | None, tuple[int, int]]:
    """How many visits and how many events of [since, until) that a week counts came in after a
    moment, by place."""
    visits = (Visit.place.is_not(None), Visit.kind != counted.CALLOUT, *counted.visits(visit_orgs))
    came = [
        _by_place(Visit, _during(Visit, visit_orgs, since, until), visits, after),
        _by_place(
            Event, _during(Event, event_orgs, since, until), counted.events(event_orgs), after
        ),
    ]
    return {place: tuple(each.get(place, 0) for each in came) for place in came[0] | came[1]}


def latest(orgs: Orgs) -> dict[str, sa.Row]:
    """The newest visit to each place, one that runs too. Of each organisation the newest is
    looked up by an index, so that it costs the same however many there are.
    """
    newest = (
        sa.select(Visit.rid)
        .where(Visit.org == Organisation.code, Visit.place == Place.code)
        .where(Visit.state != "withdrawn", *counted.sound(Visit, orgs))
        .order_by(Visit.observed_at.desc(), Visit.rid.desc())
        .limit(1)
        .scalar_subquery()
    )
    every = sa.select(newest).select_from(Place).join(Organisation, Organisation.code.in_(orgs))
    asked = sa.select(Visit.place, Visit.org, Visit.observed_at, Visit.ended_at, Visit.state)
    rows = reading().execute(asked.where(Visit.rid.in_(every)).order_by(Visit.observed_at))
    return {row.place: row for row in rows}


def heard_after(
    entry: int, visit_orgs: Orgs, event_orgs: Orgs, since: datetime, until: datetime
) -> int:
    """Records of [since, until) that came, or were told more of, after an entry; of a visit that
    still runs nothing is counted yet."""
    told = sa.select(sa.func.coalesce(Entry.subject, Entry.rid)).where(Entry.id > entry)
    return sum(
        reading().scalar(
            sa.select(sa.func.count())
            .select_from(model)
            .where(*_during(model, orgs, since, until), model.rid.in_(told))
            .where(model.state != "running")
        )
        for model, orgs in ((Visit, visit_orgs), (Event, event_orgs))
    )


def workers(orgs: Orgs, since: datetime, until: datetime) -> dict[str, set[str]]:
    """The phones that have visited each place in [since, until)."""
    asked = sa.select(Visit.place, Visit.device).where(
        *_during(Visit, orgs, since, until), Visit.place.is_not(None)
    )
    found: dict[str, set[str]] = {}
    for place, device in reading().execute(asked.distinct()):
        found.setdefault(place, set()).add(device)
    return found


def latest_visit(phone: sa.Row, since: datetime) -> datetime | None:
    """When the newest visit of a phone began, if after `since`. An event may tell of the future."""
    newest = (
        sa.select(Visit.observed_at)
        .where(Visit.org == phone.org, Visit.observed_at >= since, Visit.device == phone.id)
        .order_by(Visit.observed_at.desc(), Visit.rid.desc())
    )
    return reading().scalars(newest.limit(1)).first()


def _by_place(model, during: list, conditions: Iterable, after: datetime) -> dict[str | None, int]:
    asked = (
        sa.select(model.place, sa.func.count())
        .where(*during, *conditions, model.received_at > after)
        .group_by(model.place)
    )
    return dict(reading().execute(asked).all())


def _during(model, orgs: Orgs, since: datetime, until: datetime) -> list:
    return [model.org.in_(orgs), model.observed_at >= since, model.observed_at < until]


def _by_time(asked: sa.Select, model) -> list[sa.Row]:
    return reading().execute(asked.order_by(model.observed_at, model.rid)).all()
