"""Before and after at some places, beside others: the ratio of ratios, and whether it can be told.

Knows no words. Regression to the mean, reporting, season and displacement are not in the figures
and have to be said beside them.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fieldlog.measure import dose, evaluation, power
from fieldlog.measure.evaluation import Change
from fieldlog.measure.intervals import Estimate
from fieldlog.measure.week import Week
from fieldlog.picture.presence import by_place
from fieldlog.picture.sight import Sight
from fieldlog.store.weeks import observed

DISTANT = timedelta(weeks=6)  # further apart in the year than this, the season may be the reason


def compared(
    sight: Sight,
    treated: Sequence[str],
    others: Sequence[str],
    before: Week,
    after: Week,
    weeks: int,
    zone: ZoneInfo,
) -> dict[str, Any]:
    """Events at `treated` and at `others` in so many weeks from `before` and from `after`.

    `ratio` is None where a count is 0 or there is nothing to compare with; `alone` are the exact
    ratios of after over before, here and there. `told`: whether the interval leaves out 1; only
    then is anything concluded. `few`: nor can it be told that anything changed here at all.
    `seen_from` is the least drop that would show with the events there were before.
    """
    periods = [_series(sight, first, weeks, zone) for first in (before, after)]
    here, there = _change(periods, treated), _change(periods, others)
    weekly = [_weekly(period, places) for period in periods for places in (treated, others)]
    spread = evaluation.dispersion(weekly)
    ratio = evaluation.relative_ratio(here, there, spread) if others else None
    alone = [evaluation.rate_ratio(*change) for change in (here, there)]
    told = _leaves_out_one(ratio)
    return {
        "here": here._asdict(),
        "there": there._asdict(),
        "ratio": ratio and asdict(ratio),
        "spread": spread,
        "alone": [one and asdict(one) for one in alone],
        "told": told,
        "few": not (told or (ratio is None and _leaves_out_one(alone[0]))),
        "seen_from": power.detectable_drop(here.before) if here.before else None,
        "presence": [_presence(sight, treated, first, weeks, zone) for first in (before, after)],
        "season": _apart(before, after) > DISTANT,
    }


def _leaves_out_one(ratio: Estimate | None) -> bool:
    return ratio is not None and not ratio.low <= 1 <= ratio.high


def _series(sight: Sight, first: Week, weeks: int, zone: ZoneInfo) -> dict[str, list[int]]:
    """Events a week at each place."""
    bounds = [(first + n).span(zone)[0] for n in range(weeks + 1)]
    found: dict[str, list[int]] = {}
    for place, _kind, n, many in observed.counts(sight.events, bounds):
        found.setdefault(place, [0] * weeks)[n] += many
    return found


def _change(periods: Sequence[dict[str, list[int]]], places: Sequence[str]) -> Change:
    return Change(*(sum(sum(period.get(place, ())) for place in places) for period in periods))


def _weekly(period: dict[str, list[int]], places: Sequence[str]) -> list[int]:
    """The weeks of the places together; a period without any event has nothing to spread."""
    return [sum(counts) for counts in zip(*(period[p] for p in places if p in period), strict=True)]


def _presence(sight: Sight, places, first: Week, weeks: int, zone: ZoneInfo) -> dict[str, int]:
    """What the places got meanwhile: more presence sees and reports more."""
    since, until = first.span(zone)[0], (first + weeks).span(zone)[0]
    visits = by_place(observed.visits(sight.presence, since, until))
    doses = [dose.dose(visits.get(place, ()), (since, until)) for place in places]
    minutes = round(sum(one.patrol_minutes for one in doses))
    return {"visits": sum(one.visits for one in doses), "minutes": minutes}


def _apart(before: Week, after: Week) -> timedelta:
    """How far apart in the year two weeks are, whichever the years."""
    days = abs((after.monday - before.monday).days) % 364
    return timedelta(days=min(days, 364 - days))
