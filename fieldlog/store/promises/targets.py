"""What the commitments ask of each place in a week. Knows nothing of what was delivered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fieldlog.measure.week import Week, week_of_day, weeks
from fieldlog.measure.windows import Window
from fieldlog.store import versions
from fieldlog.store.promises.standing import of
from fieldlog.store.promises.things import Commitment


@dataclass(frozen=True, slots=True)
class Target:
    """What one commitment asks of one place in one week. None: it says nothing of that.

    The visits of `org` count, with `joint` those of every organisation. `minutes` is what is asked
    in the week: as said, or visits × minutes a visit. `example`: some of it was never published.
    """

    week: Week
    place: str
    commitment: str
    org: str
    joint: bool
    visits: int | None
    minutes_per_visit: int | None
    minutes: int | None
    windows: tuple[Window, ...]
    counts_callouts: bool
    example: bool


def targets(period: Week | tuple[date, date]) -> tuple[Target, ...]:
    """What is asked in a week, or in each of the weeks whose Monday lies in (from, to).

    A week asks what was in force on its Monday: what is decided later, or begins in the middle of
    a week, asks from the next. By week, place and commitment.
    """
    asked = versions.every("commitment")
    found = [
        target
        for week in _weeks(period)
        for one in asked.values()
        if isinstance(commitment := of(one, week.monday), Commitment)
        for target in _of(commitment, week)
    ]
    return tuple(sorted(found, key=lambda one: (one.week, one.place, one.commitment)))


def _of(commitment: Commitment, week: Week) -> Iterator[Target]:
    if commitment.form != "presence":
        return
    minutes = commitment.minutes
    if minutes is None and commitment.visits and commitment.minutes_per_visit:
        minutes = commitment.visits * commitment.minutes_per_visit
    for place in commitment.places:
        yield Target(
            week=week,
            place=place,
            commitment=commitment.code,
            org=commitment.owner or "",
            joint=commitment.joint,
            visits=commitment.visits,
            minutes_per_visit=commitment.minutes_per_visit,
            minutes=minutes,
            windows=commitment.windows,
            counts_callouts=commitment.callouts,
            example=bool(commitment.examples),
        )


def _weeks(period: Week | tuple[date, date]) -> Iterator[Week]:
    if isinstance(period, Week):
        return iter((period,))
    first, last = map(week_of_day, period)
    return (week for week in weeks(first, last) if period[0] <= week.monday <= period[1])
