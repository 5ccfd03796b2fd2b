"""A week's events against what each place's own past leads one to expect. Knows no words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from fieldlog.measure import signals
from fieldlog.measure.intervals import per_visit_hour
from fieldlog.picture.silence import Silence

Series = dict[str, list[int]]
Counts = Iterable[tuple[str | None, str, int, int]]
NEW_AFTER = 8  # weeks without: fewer say little of what is usual
OTHER = ".annat"


def by_place(counts: Counts) -> Series:
    """The weeks' counts of each place, the oldest first, this week last."""
    return _series((place, n, many) for place, _category, n, many in counts if place)


def by_category(counts: Counts) -> Series:
    """The same of each kind of event, all places together."""
    return _series((category, n, many) for _place, category, n, many in counts)


def silent_start(counts: Counts) -> int:
    """How many of the weeks lie before anything was ever counted: they are no zeros."""
    return min((n for _place, _category, n, _many in counts), default=0)


def lines(
    series: Series,
    minutes: Mapping[str, float],
    kinds: Mapping[str, Counter],
    silence: Silence,
    start: int,
) -> list[dict[str, Any]]:
    """Each place's count with its base, expected interval, p, and rate per visit hour.

    `minutes`: of the organisations whose events are counted, or the rate is nobody's.
    """
    places = sorted(series)
    told = signals.signals([_pair(series[place], place, silence, start) for place in places])
    return [
        {
            "place": place,
            **asdict(signal),
            "base": _base(series[place], start),
            "rate": _rate(signal.count, minutes.get(place, 0)),
            "kinds": dict(sorted(kinds.get(place, Counter()).items())),
            "unknown": silence.covers(place),
        }
        for place, signal in zip(places, told, strict=True)
    ]


def kinds_by_place(rows: Iterable[sa.Row]) -> dict[str, Counter]:
    """How many of each kind this week saw at each place."""
    found: dict[str, Counter] = defaultdict(Counter)
    for row in rows:
        found[row.place][row.category] += 1
    return found


def unusual(series: Series, kinds: Mapping[str, Counter], start: int) -> list[dict[str, Any]]:
    """Kinds of this week that had not been seen in the weeks before, and rare ones that have
    come oftener in four weeks than the fours before lead one to expect."""
    found = []
    for kind, counts in sorted(series.items()):
        *before, now = counts[start:]
        if now and len(before) >= NEW_AFTER and not any(before):
            places = sorted(place for place in kinds if place and kinds[place][kind])
            found.append({"kind": kind, "new": len(before), "count": now, "places": places})
        elif sum(before) < len(before):
            found += _rare(kind, counts[start:])
    return found


def _rare(kind: str, counts: list[int]) -> list[dict[str, Any]]:
    *base, four = signals.in_fours(counts) or [0]
    [signal] = signals.signals([(base, four)])
    if not signal.alarm:
        return []
    return [{"kind": kind, "new": None, "count": four, "p": signal.p, "places": []}]


def _pair(counts: list[int], place: str, silence: Silence, start: int):
    count = counts[-1]
    return _base(counts, start), None if not count and silence.covers(place) else count


def _base(counts: list[int], start: int) -> list[int | None]:
    return [None if n < start else count for n, count in enumerate(counts[:-1])]


def _rate(count: int | None, minutes: float) -> float | None:
    found = per_visit_hour(count, minutes) if count is not None else None
    return found and round(found.value, 2)


def _series(counts: Iterable[tuple[str, int, int]]) -> Series:
    found: Series = defaultdict(lambda: [0] * (signals.BASE_WEEKS + 1))
    for key, n, many in counts:
        found[key][n] += many
    return dict(found)
