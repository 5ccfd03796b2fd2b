"""Where things stand in the drawings of figures: intervals, thirteen weeks, bars against a target,
shades of a grid. Pure geometry: counts in, coordinates out; every chart has its numbers beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEFT, RIGHT = 8, 276
SPARK_W, SPARK_H, PAD = 136, 22, 3
BAR_W = 160
MOST_MARKS = 4
SHADES = 4

Counts = Sequence[int | None]


@dataclass(frozen=True)
class Axis:
    """One scale for a column of intervals: `marks` are (x, number)."""

    top: int
    marks: list[tuple[float, int]]

    def x(self, count: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * count / self.top, 1)


@dataclass(frozen=True)
class Interval:
    """`kind`: inside (a dot), over (a diamond), few (hollow: nothing to compare with), unknown."""

    kind: str
    x: float
    left: float = 0
    width: float = 0
    mean: float = 0


@dataclass(frozen=True)
class Spark:
    """Runs of known weeks as a path, the last week's point, and where data lack."""

    path: str
    last: tuple[float, float] | None
    lacking: list[float]
    step: float


@dataclass(frozen=True)
class Bar:
    """Delivered, the target's tick (None: no target), and how much may still be missing."""

    width: float
    tick: float | None
    hatch: float


def axis(highest: Iterable[int]) -> Axis:
    """Round marks from 0 that hold every count and interval."""
    top = max(highest, default=0) or 1
    step = next(n for n in _steps() if top <= n * MOST_MARKS)
    top = step * -(-top // step)
    scale = Axis(top, [])
    scale.marks.extend((scale.x(n), n) for n in range(0, top + 1, step))
    return scale


def interval(line: dict, scale: Axis) -> Interval:
    """A place's week beside what its own past leads one to expect."""
    if line["count"] is None:
        return Interval("unknown", LEFT)
    x, band = scale.x(line["count"]), line["expected"]
    if band is None:
        return Interval("few", x)
    # A count is as wide as itself, so that a band of only zeros is still seen.
    left, right = scale.x(band["low"]) - 3, scale.x(band["high"]) + 3
    kind = "over" if line["alarm"] else "inside"
    return Interval(kind, x, round(left, 1), round(right - left, 1), scale.x(band["mean"]))


def spark(weeks: Counts, top: int) -> Spark:
    """Weeks as a line on a scale of 0 to `top`, broken where nothing is known."""
    step = (SPARK_W - 2 * PAD) / max(1, len(weeks) - 1)
    room = SPARK_H - 2 * PAD

    def point(n: int, count: int) -> tuple[float, float]:
        return round(PAD + n * step, 1), round(SPARK_H - PAD - room * count / (top or 1), 1)

    path, lacking, drawing = [], [], False
    for n, count in enumerate(weeks):
        if count is None:
            lacking.append(round(PAD + (n - 0.5) * step, 1))
            drawing = False
            continue
        x, y = point(n, count)
        path.append(f"{'L' if drawing else 'M'}{x} {y}")
        drawing = True
    last = weeks[-1] if weeks else None
    return Spark(
        "".join(path),
        None if last is None else point(len(weeks) - 1, last),
        lacking,
        round(step, 1),
    )


def bar(delivered: float, target: float | None, unknown: bool, top: float) -> Bar:
    """Minutes against their target; `top` is the most of the column."""
    scale = BAR_W / (top or 1)
    lacks = max(0.0, (target or 0) - delivered) if unknown else 0
    return Bar(
        round(delivered * scale, 1),
        None if target is None else round(target * scale, 1),
        round(lacks * scale, 1),
    )


def shades(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """Each cell's step of the ramp: 0 for nothing, 4 for the most of the grid."""
    most = max((cell for row in cells for cell in row), default=0) or 1
    return [[-(-SHADES * cell // most) for cell in row] for row in cells]


def _steps():
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10
