"""The dose a place got: how long, by how many, how often. Takes the visits of one place; knows
nothing of who made them but their organisation, and nothing of what was promised.

Source: domain.md of the project, "Dose of a place in a period".
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fieldlog.measure import spans
from fieldlog.measure.spans import Span

BRIDGED = timedelta(minutes=5)
CALLOUT = "callout"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to a place as one phone told it. Moments with any zone; kept in UTC.

    An end before the start (a phone's clock was set back) is a visit without length.
    Raises ValueError for a moment without a zone.
    """

    begins: datetime
    ends: datetime
    org: str = ""
    crew: int = 1
    kind: str = "planned"

    def __post_init__(self) -> None:
        begins, ends = spans.instant(self.begins), spans.instant(self.ends)
        if begins is not self.begins or ends is not self.ends or ends < begins:  # hardly ever
            object.__setattr__(self, "begins", begins)
            object.__setattr__(self, "ends", max(begins, ends))

    @property
    def span(self) -> Span:
        return self.begins, self.ends


@dataclass(frozen=True, slots=True)
class Dose:
    """What a place got in a period. Patrol minutes and officer minutes are never added up."""

    patrol_minutes: float
    officer_minutes: float
    visits: int


def dose(visits: Iterable[Visit], period: Span, callouts: bool = False) -> Dose:
    """The dose inside the period [from, to). Call-outs count only when asked for."""
    inside = within(visits, period, callouts)
    return Dose(patrol_minutes(inside), officer_minutes(inside), len(merged(inside)))


def within(visits: Iterable[Visit], period: Span, callouts: bool = False) -> list[Visit]:
    """The visits cut to the period; those outside it and, if not asked for, call-outs left out."""
    first, last = map(spans.instant, period)
    return [
        each if first <= each.begins and each.ends <= last else _cut(each, first, last)
        for each in visits
        if each.begins < last
        and (each.ends > first or each.begins >= first)
        and (callouts or each.kind != CALLOUT)
    ]


def patrol_minutes(visits: Iterable[Visit]) -> float:
    """Minutes somebody was there: the length of the union of the visits.

    A joint visit counts once: (0, 15) and (5, 20) are 20 minutes.
    """
    return spans.minutes(spans.covered(each.span for each in visits))


def officer_minutes(visits: Iterable[Visit]) -> float:
    """Minutes × people: Σ over patrols of (length of the patrol × its largest crew).

    Visits of one organisation that overlap are one patrol told twice, as when two officers of one
    patrol both tap; those that only touch are two. Different organisations always add up.
    """
    by_org = defaultdict(list)
    for each in visits:
        by_org[each.org].append(each)
    return sum(_of_one_organisation(its) for its in by_org.values())


def merged(visits: Iterable[Visit]) -> list[Span]:
    """The visits as a resident would count them: merged across gaps under 5 minutes, in UTC."""
    return spans.union((each.span for each in visits), bridging=BRIDGED)


def by_organisation(visits: Iterable[Visit], period: Span, callouts: bool = False) -> dict:
    """{org: Dose}: each organisation's own. Joint minutes stand in both, so they don't add up."""
    inside = within(visits, period, callouts)
    return {
        org: dose([each for each in inside if each.org == org], period, callouts)
        for org in sorted({each.org for each in inside})
    }


def ratio(delivered: float, asked: float | None) -> float | None:
    """delivered / asked; None where nothing was asked. Over 1 is more than promised."""
    return delivered / asked if asked else None


def length_class(minutes: float) -> str:
    """passing (under 5), short (5–9), effective (10–16) or long (over 16), by whole minutes.

    Koper (1995), "Just enough police presence", Justice Quarterly 12:649–672: about 10 minutes
    before a visit outlasts itself, best 11–15. Not replicated everywhere; say so beside it.
    """
    whole = int(minutes)
    if whole < 5:
        return "passing"
    if whole < 10:
        return "short"
    return "effective" if whole <= 16 else "long"


def _cut(visit: Visit, first: datetime, last: datetime) -> Visit:
    return replace(visit, begins=max(visit.begins, first), ends=min(visit.ends, last))


def _of_one_organisation(visits: list[Visit]) -> float:
    total, patrol, crew = 0.0, None, 0
    for each in sorted(visits, key=lambda each: each.span):
        if patrol and each.begins < patrol[1]:
            patrol, crew = (patrol[0], max(patrol[1], each.ends)), max(crew, each.crew)
            continue
        total += _minutes(patrol) * crew
        patrol, crew = each.span, each.crew
    return total + _minutes(patrol) * crew


def _minutes(span: Span | None) -> float:
    return spans.minutes(span[1] - span[0]) if span else 0.0
