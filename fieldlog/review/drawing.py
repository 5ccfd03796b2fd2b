"""Where things stand in the two drawings of a record's page: its three clocks, and the chain.

Pure geometry: moments and sequence numbers in, coordinates out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LEFT, RIGHT = 80, 380
STEPS = [
    timedelta(seconds=seconds)
    for seconds in (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800)
] + [timedelta(days=days) for days in (1, 2, 7, 14, 30, 90, 365, 1825, 7300, 36500)]
MOST_STEPS = 5
BEADS = 9
BEAD = 42


@dataclass(frozen=True)
class Point:
    """A moment on the axis; `late` when its words fit only to the left of it."""

    at: datetime
    x: float
    late: bool


@dataclass(frozen=True)
class Clocks:
    """The axis: its marks (moments with their places), and the three points."""

    marks: list[Point]
    observed: Point
    phone: Point | None
    received: Point
    days: bool


@dataclass(frozen=True)
class Bead:
    """An entry of the chain near the record; `mine` when it speaks of the record."""

    seq: int
    x: int
    mine: bool


def clocks(observed: datetime, phone: datetime | None, received: datetime) -> Clocks:
    """The three moments on an axis of round marks that holds them all."""
    moments = [moment for moment in (observed, phone, received) if moment]
    first, last = min(moments), max(moments)
    step = next((s for s in STEPS if _marks(first, last, s) <= MOST_STEPS), STEPS[-1])
    start = _floor(first, step)
    count = max(1, -(-(last - start) // step))
    end = start + count * step

    def point(moment: datetime) -> Point:
        x = round(LEFT + (RIGHT - LEFT) * ((moment - start) / (end - start)), 1)
        return Point(moment, x, x > (LEFT + RIGHT) / 2)

    return Clocks(
        marks=[point(start + number * step) for number in range(count + 1)],
        observed=point(observed),
        phone=point(phone) if phone else None,
        received=point(received),
        days=step >= timedelta(days=1),
    )


def beads(seq: int, mine: set[int], base: int, have: int) -> list[Bead]:
    """The entries around `seq` that are here, those in `mine` marked."""
    first = max(base + 1, min(seq - BEADS // 2, have - BEADS + 1))
    shown = range(first, min(have, first + BEADS - 1) + 1)
    return [Bead(one, 26 + number * BEAD, one in mine) for number, one in enumerate(shown)]


def _marks(first: datetime, last: datetime, step: timedelta) -> int:
    return -(-(last - _floor(first, step)) // step)


def _floor(moment: datetime, step: timedelta) -> datetime:
    origin = datetime(2000, 1, 1, tzinfo=UTC)
    return origin + ((moment - origin) // step) * step
