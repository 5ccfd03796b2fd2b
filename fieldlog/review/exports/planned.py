"""The presence planned for a week: the windows promised, and the places the meeting chose.

What says no time of day is asked of the whole week. Knows no kind of file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import ngettext

from fieldlog.measure import windows
from fieldlog.measure.week import Week
from fieldlog.review import moments, names
from fieldlog.store import promises
from fieldlog.store.weeks import decisions


@dataclass(frozen=True)
class Planned:
    """`begins` and `ends` are moments, or days when the whole week is meant (`ends` not in it)."""

    key: str
    place: str
    begins: datetime | date
    ends: datetime | date
    says: str


def of(week: Week) -> list[Planned]:
    """All that is planned in the week."""
    return [*_promised(week), *_decided(week)]


def _promised(week: Week) -> Iterator[Planned]:
    days = week.days
    for target in promises.targets(week):
        spans = windows.between(target.windows, days[0], days[-1], moments.zone())
        says = ", ".join(filter(None, (_visits(target.visits), names.organisation(target.org))))
        for begins, ends in spans or [(week.monday, (week + 1).monday)]:
            key = f"{target.commitment}-{target.place}-{begins:%Y%m%dT%H%M}"
            yield Planned(key, target.place, begins, ends, says)


def _decided(week: Week) -> Iterator[Planned]:
    decision = decisions.of(str(week))
    for chosen in decision.places if decision else ():
        says = (_visits(chosen["visits"]), chosen["when"], decision.focus)
        key = f"decided-{chosen['code']}-{week}"
        said = ", ".join(filter(None, says))
        yield Planned(key, chosen["code"], week.monday, (week + 1).monday, said)


def _visits(number: int | None) -> str | None:
    """3 besök i veckan"""
    return number and ngettext("%(num)d visit this week", "%(num)d visits this week", number)
