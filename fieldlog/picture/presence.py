"""What each place got of presence in a week, beside what was asked for. Knows no words."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from fieldlog.measure import dose, grid, windows
from fieldlog.measure.spans import MINUTE, Span
from fieldlog.measure.week import Week, day_span, operational_day
from fieldlog.measure.windows import Window
from fieldlog.picture.silence import Silence

NONE, BEYOND = "none", "beyond"  # besides the states of `windows`


@dataclass(frozen=True)
class Frame:
    """The week and the clock it is seen by. `over`: the days of it that have ended."""

    week: Week
    zone: ZoneInfo
    now: datetime

    @property
    def span(self) -> Span:
        return self.week.span(self.zone)

    @property
    def over(self) -> Span:
        since, until = self.span
        today = day_span(operational_day(self.now, self.zone), self.zone)[0]
        return since, max(since, min(until, today))


@dataclass(frozen=True)
class Asked:
    """What is asked of a place; a number that is None is not asked for.

    `commitment` None: only the meeting asks. `org` None: visits of every organisation count.
    `least`: minutes of a visit that keeps a window. `example`: it was never published.
    """

    place: str
    commitment: str | None = None
    org: str | None = None
    visits: int | None = None
    minutes: int | None = None
    least: int = 0
    windows: tuple[Window, ...] = ()
    callouts: bool = False
    example: bool = False


def by_place(rows: Iterable[sa.Row]) -> dict[str, list[dose.Visit]]:
    """The visits of each place."""
    found = defaultdict(list)
    for row in rows:
        visit = dose.Visit(row.observed_at, row.ended_at, row.org, row.crew, row.kind)
        found[row.place].append(visit)
    return found


def line(asked: Asked, visits: list[dose.Visit], frame: Frame, silence: Silence) -> dict[str, Any]:
    """One place's row: delivered and asked, day by day, windows, longest gap, by organisation.

    `orgs` are the visits of all who were there, also where only one's count.
    """
    theirs = [each for each in visits if asked.org in (None, each.org)]
    counted = dose.within(theirs, frame.span, asked.callouts)
    by_org = dose.by_organisation(visits, frame.span, asked.callouts)
    promised = windows.between(asked.windows, frame.week.days[0], frame.week.days[-1], frame.zone)
    kept, of = windows.coverage(promised, counted, asked.least)
    unknown = silence.covers(asked.place)
    gap = windows.longest_gap(counted, [frame.over])
    stays = dose.merged(counted)
    lengths = [(last - first) / MINUTE for first, last in stays]
    begun = Counter(operational_day(first, frame.zone) for first, _ in stays)
    return {
        "place": asked.place,
        "commitment": asked.commitment,
        "org": asked.org,
        "example": asked.example,
        "visits": len(lengths),
        "asked_visits": asked.visits,
        "minutes": round(dose.patrol_minutes(counted)),
        "asked_minutes": asked.minutes,
        "short": sorted(int(length) for length in lengths if length < asked.least),
        "windows": [kept, of],
        "gap_minutes": None if unknown else int(gap / MINUTE),
        "orgs": {org: its.visits for org, its in by_org.items()},
        "days": [_day(asked, which, begun[which], frame, silence) for which in frame.week.days],
        "unknown": unknown,
    }


def promised_grid(asked: Iterable[Asked], frame: Frame) -> list[list[bool]]:
    """Which cells of the weekday × hour grid some promised window reaches into."""
    first, last = frame.week.days[0], frame.week.days[-1]
    spans = [
        span for each in asked for span in windows.between(each.windows, first, last, frame.zone)
    ]
    return [[bool(cell) for cell in row] for row in grid.of_presence(spans, frame.zone)]


def presence_grid(places: Iterable[list[dose.Visit]], frame: Frame) -> list[list[int]]:
    """Patrol minutes by weekday × hour of the visits `places` got within the week."""
    grids = [grid.of_presence((each.span for each in visits), frame.zone) for visits in places]
    grids.append(grid.of_presence([], frame.zone))
    return [[round(cell) for cell in row] for row in grid.added(grids)]


def _day(asked: Asked, which: date, number: int, frame: Frame, silence: Silence) -> dict[str, Any]:
    """A day is visited if anybody was there; a window that was not is missed or not known."""
    spans = [span for window in asked.windows if (span := window.on(which, frame.zone))]
    if number:
        state = windows.VISITED if spans or not asked.windows else BEYOND
    else:
        heard = silence.of(asked.place)
        states = {windows.state(span, [], heard, frame.now) for span in spans}
        order = (windows.MISSED, windows.UNKNOWN, windows.COMING)
        state = next(
            (each for each in order if each in states), _unpromised(which, frame, silence, asked)
        )
    return {"day": which.isoformat(), "state": state, "visits": number}


def _unpromised(which: date, frame: Frame, silence: Silence, asked: Asked) -> str:
    """A day without a window: a dash. Where no window is promised at all it may be unknown."""
    ends = day_span(which, frame.zone)[1]
    if asked.windows or ends > frame.now:
        return NONE
    heard = silence.of(asked.place)
    return NONE if heard is not None and heard >= ends else windows.UNKNOWN
