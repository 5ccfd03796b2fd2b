"""When in the week: events and presence by weekday and hour of the operational day, in one shape
so that they can stand beside each other. Knows moments and spans only.

A row a weekday (Monday first), a column per `hours` from 06:00; an hour after midnight stands in
the row of the day before. In zones whose clocks move by whole hours, as Stockholm's.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fieldlog.measure.spans import Span, instant, minutes, union
from fieldlog.measure.week import DAY_BEGINS, STOCKHOLM, operational_day

HOURS = 3
_HOUR = timedelta(hours=1)

Grid = list[list[float]]


def of_events(
    moments: Iterable[datetime], zone: ZoneInfo = STOCKHOLM, hours: int = HOURS
) -> list[list[int]]:
    """How many of the moments fall in each cell."""
    counts = [[0] * (24 // hours) for _ in range(7)]
    for moment in moments:
        row, column = _cell(moment, zone, hours)
        counts[row][column] += 1
    return counts


def of_presence(spans: Iterable[Span], zone: ZoneInfo = STOCKHOLM, hours: int = HOURS) -> Grid:
    """Patrol minutes in each cell, of the spans of one place: their union, cut at each full hour.

    For several places add up the grids. An hour that the clocks show twice holds up to 120.
    """
    lengths = [[0.0] * (24 // hours) for _ in range(7)]
    for begins, ends in union((instant(first), instant(last)) for first, last in spans):
        for first, last in _by_hour(begins, ends):
            row, column = _cell(first, zone, hours)
            lengths[row][column] += minutes(last - first)
    return lengths


def added(grids: Iterable[Grid]) -> Grid:
    """Cell by cell; the grids of all places as one. Raises ValueError for none."""
    grids = list(grids)
    if not grids:
        raise ValueError("no grid to add up")
    rows = zip(*grids, strict=True)
    return [[sum(cells) for cells in zip(*row, strict=True)] for row in rows]


def columns(hours: int = HOURS) -> list[int]:
    """The hour each column begins at: 6, 9, … 0, 3."""
    return [(DAY_BEGINS.hour + hours * n) % 24 for n in range(24 // hours)]


def _cell(moment: datetime, zone: ZoneInfo, hours: int) -> tuple[int, int]:
    row = operational_day(moment, zone).weekday()
    since = (instant(moment).astimezone(zone).hour - DAY_BEGINS.hour) % 24
    return row, since // hours


def _by_hour(begins: datetime, ends: datetime) -> Iterator[Span]:
    while begins < ends:
        full = begins.replace(minute=0, second=0, microsecond=0) + _HOUR
        yield begins, min(full, ends)
        begins = full
