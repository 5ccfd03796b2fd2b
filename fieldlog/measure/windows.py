"""The windows a commitment promises presence in: when they are, which were kept, and how long
nobody was there. Knows the visits and how far the phones have been heard, not who they are.

Not visited is not the same as no data yet: a window is missed only when everything that works at
the place has been heard after it closed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fieldlog.measure import spans
from fieldlog.measure.dose import Visit, merged
from fieldlog.measure.spans import Span
from fieldlog.measure.week import DAY_BEGINS, STOCKHOLM, wall

VISITED, MISSED, UNKNOWN, COMING = "visited", "missed", "unknown", "coming"


@dataclass(frozen=True, slots=True)
class Window:
    """A promise of presence on some weekdays (1 Monday – 7 Sunday) between two wall-clock times.

    A weekday is the operational day: (Friday, 00:00–03:00) is the night after Friday. `to` at or
    before `starts` means the next morning; equal means round the clock.
    """

    weekdays: frozenset[int]
    starts: time
    to: time

    def on(self, which: date, zone: ZoneInfo = STOCKHOLM) -> Span | None:
        """The window of that operational day as UTC moments [from, to); None if it has none.

        Where the clocks show an end twice it is the wider of the two readings that is meant.
        """
        if which.isoweekday() not in self.weekdays:
            return None
        first = which if self.starts >= DAY_BEGINS else which + timedelta(days=1)
        last = first if self.to > self.starts else first + timedelta(days=1)
        return wall(first, self.starts, zone), wall(last, self.to, zone, later=True)


def between(
    windows: Iterable[Window], first: date, last: date, zone: ZoneInfo = STOCKHOLM
) -> list[Span]:
    """Every window of the operational days from `first` to `last`, both in it, by start."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = (window.on(day, zone) for window in windows for day in days)
    return sorted(span for span in found if span)


def kept(window: Span, visits: Iterable[Visit], least: float = 0) -> bool:
    """Whether a visit, merged across gaps under 5 min, qualifies: it has some time inside the
    window, and at least `least` minutes there."""
    inside = spans.clip(merged(visits), _in_utc(window))
    return any(spans.minutes(ends - begins) >= least for begins, ends in inside)


def coverage(windows: Iterable[Span], visits: Iterable[Visit], least: float = 0) -> tuple[int, int]:
    """(windows with at least one qualifying visit, windows promised)."""
    windows, visits = list(windows), list(visits)
    return sum(kept(window, visits, least) for window in windows), len(windows)


def longest_gap(visits: Iterable[Visit], inside: Iterable[Span]) -> timedelta | None:
    """The longest stretch without anybody there within any one of the spans `inside`.

    Give the windows promised, or the whole week as the only one. None where there is none.
    """
    there = [each.span for each in visits]
    inside = [_in_utc(one) for one in inside]
    free = [last - first for one in inside for first, last in spans.gaps(there, one)]
    return max(free, default=timedelta(0)) if inside else None


def state(
    window: Span,
    visits: Iterable[Visit],
    heard: datetime | None,
    now: datetime,
    least: float = 0,
) -> str:
    """visited, missed, unknown or coming.

    `heard`: when the device that has been silent longest, of all that work at the place, was
    last heard; None when one of them never was. A window that is still open, or ahead, is coming.
    """
    if kept(window, visits, least):
        return VISITED
    closes = spans.instant(window[1])
    if closes > spans.instant(now):
        return COMING
    return MISSED if heard is not None and spans.instant(heard) >= closes else UNKNOWN


def _in_utc(span: Span) -> Span:
    return spans.instant(span[0]), spans.instant(span[1])
