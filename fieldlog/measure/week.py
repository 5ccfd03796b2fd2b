"""The operational day and the reporting week, as moments in UTC and as names. Knows nothing of
what happened in them.

An operational day begins at 06:00 by the zone's wall clock, so that Friday night stays Friday; it
is 23, 24 or 25 hours long. A reporting week is the seven operational days of an ISO 8601 week.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fieldlog.measure.spans import Span, instant

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY_BEGINS = time(6)
NAMED = (1900, 2200)  # years whose weeks can be asked for: there are days before and after them
_WEEK = timedelta(days=7)


def operational_day(
    moment: datetime, zone: ZoneInfo = STOCKHOLM, begins: time = DAY_BEGINS
) -> date:
    """The day the moment belongs to: 02:00 on Saturday is Friday."""
    here = instant(moment).astimezone(zone)
    return here.date() if here.time() >= begins else here.date() - timedelta(days=1)


def day_span(which: date, zone: ZoneInfo = STOCKHOLM, begins: time = DAY_BEGINS) -> Span:
    """The operational day as UTC moments [from, to)."""
    tomorrow = which + timedelta(days=1)
    return wall(which, begins, zone), wall(tomorrow, begins, zone)


@dataclass(frozen=True, order=True, slots=True)
class Week:
    """A reporting week by ISO year and number: Week(2026, 53) is the last of 2026.

    Raises ValueError for a week the year does not have.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 1)

    def __str__(self) -> str:
        """2026-W07, as ISO 8601 writes it."""
        return f"{self.year}-W{self.number:02}"

    def __add__(self, weeks: int) -> "Week":
        return week_of_day(self.monday + weeks * _WEEK)

    def __sub__(self, weeks: int) -> "Week":
        return self + -weeks

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def days(self) -> list[date]:
        """Monday to Sunday."""
        return [self.monday + timedelta(days=n) for n in range(7)]

    def span(self, zone: ZoneInfo = STOCKHOLM, begins: time = DAY_BEGINS) -> Span:
        """UTC moments [from, to): Monday 06:00 to Monday 06:00, 167 to 169 hours."""
        return wall(self.monday, begins, zone), wall(self.monday + _WEEK, begins, zone)

    def before(self, weeks: int) -> list["Week"]:
        """The weeks right before this one, the oldest first."""
        return [self - back for back in range(weeks, 0, -1)]


def week_of(moment: datetime, zone: ZoneInfo = STOCKHOLM, begins: time = DAY_BEGINS) -> Week:
    """The reporting week of the moment: 02:00 on Monday is last week."""
    return week_of_day(operational_day(moment, zone, begins))


def week_of_day(which: date) -> Week:
    """The ISO week of a day."""
    return Week(*which.isocalendar()[:2])


def week_named(text: str) -> Week:
    """The week that `str` wrote. Raises ValueError for anything else."""
    year, _, number = text.partition("-W")
    found = Week(int(year), int(number))
    if str(found) != text or not NAMED[0] <= found.year < NAMED[1]:
        raise ValueError(f"{text!r} is no week: write it like 2026-W07")
    return found


def weeks(first: Week, last: Week) -> Iterator[Week]:
    """From the first to the last, both in it."""
    while first <= last:
        yield first
        first += 1


def wall(which: date, at: time, zone: ZoneInfo = STOCKHOLM, later: bool = False) -> datetime:
    """The UTC moment when the zone's clocks show `at` on that date.

    When they show it twice (autumn), the first, or with `later` the second. When they skip it
    (spring), as if they had not been moved yet.
    """
    return datetime.combine(which, at.replace(fold=int(later)), zone).astimezone(UTC)
