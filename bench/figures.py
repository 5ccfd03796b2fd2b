"""A figure that was measured, and the table figures end in. Knows nothing of what is measured."""

import json
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """`samples` of one measure in `unit`; `aim` is a number to reach or to stay under (`below`)."""

    name: str
    unit: str
    samples: list[float]
    aim: float | None = None
    below: bool = False
    how: str = ""
    spread: tuple[float, float] = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "spread", (min(self.samples), max(self.samples)))

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    @property
    def reached(self) -> bool | None:
        """Whether the aim holds; None where there is none."""
        if self.aim is None:
            return None
        return self.median <= self.aim if self.below else self.median >= self.aim


def percentile(samples: Iterable[float], share: float) -> float:
    """The value that `share` (0–1) of the samples do not exceed, by the nearest rank."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def table(figures: Iterable[Figure]) -> str:
    """Rows for a person to read: name, median, spread, aim, and whether it is reached."""
    rows = [("measure", "median", "least – most", "n", "aim", "")]
    for figure in figures:
        least, most = figure.spread
        aim = "" if figure.aim is None else f"{'≤' if figure.below else '≥'} {_short(figure.aim)}"
        verdict = {None: "", True: "reached", False: "NOT reached"}[figure.reached]
        rows.append(
            (
                figure.name,
                f"{_short(figure.median)} {figure.unit}",
                f"{_short(least)} – {_short(most)}",
                str(len(figure.samples)),
                aim,
                verdict,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def summary(figures: Iterable[Figure], seconds: float) -> str:
    """One line: how many of the aims are reached, and how long it took to know."""
    verdicts = [figure.reached for figure in figures if figure.reached is not None]
    return f"{sum(verdicts)} of {len(verdicts)} aims reached, in {seconds / 60:.1f} minutes"


def as_json(figures: Iterable[Figure]) -> str:
    """The same for machines."""
    return json.dumps(
        [
            {
                "name": f.name,
                "unit": f.unit,
                "median": f.median,
                "samples": f.samples,
                "aim": f.aim,
                "below": f.below,
                "reached": f.reached,
                "how": f.how,
            }
            for f in figures
        ],
        indent=1,
        ensure_ascii=False,
    )


def _short(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}"
