"""Places as rows to draw: this week's presence and events, and who was there last, in words.

Knows neither how a figure is made nor how a row is laid out.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from fieldlog.review import charts, mapping, moments, names, week_rows, week_words
from fieldlog.review.week_links import Links
from fieldlog.review.week_rows import Kept, Seen


@dataclass(frozen=True)
class Row:
    """A place this week. `said` is its presence as the figures have it, `events` its line of
    them; `last` who was there last, and `runs` whether somebody still is.
    """

    place: sa.Row
    kept: Kept
    said: dict[str, Any]
    events: dict[str, Any]
    events_href: str | None
    spark: charts.Spark
    verdict: str
    last: str
    runs: bool

    @property
    def is_behind(self) -> bool:
        asked = self.said["asked_visits"]
        return asked is not None and self.said["visits"] < asked and not self.said["unknown"]

    @property
    def is_over(self) -> bool:
        return self.events["alarm"]


def rows(
    figures: dict[str, Any], links: Links, latest: dict[str, sa.Row], now: datetime
) -> tuple[list[Row], int]:
    """Every place, those that something is asked of first, then by name; the sparklines' scale."""
    seen, _axis, top = week_rows.seen(figures, links)
    by_place = {one.said["place"]: one for one in seen}
    known = names.places()
    found = [
        _row(known[one.said["place"]], one, by_place, latest, top, now, links)
        for one in week_rows.kept(figures, [], links)
        if one.said["place"] in known
    ]
    found.sort(key=lambda row: (row.said["asked_visits"] is None, row.place.name.casefold()))
    return found, top


def marks(rows: list[Row], faults: set[str]) -> dict:
    """The rows on the map; `faults` are places where something is wrong until seen fixed."""
    return mapping.collection(
        mapping.point(
            row.place.code,
            row.place.lon,
            row.place.lat,
            row.place.name,
            _shows(row, row.place.code in faults),
            href=url_for("review.place", code=row.place.code),
            radius_m=row.place.radius_m,
        )
        for row in rows
    )


def _row(place, one: Kept, seen: dict[str, Seen], latest, top: int, now: datetime, links) -> Row:
    events = seen[place.code].said if place.code in seen else _none(one, seen)
    last = latest.get(place.code)
    return Row(
        place=place,
        kept=one,
        said=one.said,
        events=events,
        events_href=links.events(place.code),
        spark=charts.spark([*events["base"], events["count"]], top),
        verdict=_verdict(one, events) if place.code in seen else "",
        last=_last(last, now) if last else "",
        runs=bool(last) and last.state == "running",
    )


def _verdict(one: Kept, events: dict[str, Any]) -> str:
    """What the interval says; that data lack stands in the words of presence already."""
    is_said = events["alarm"] or events["expected"] is None or not one.said["unknown"]
    return week_words.verdict(events) if is_said and events["count"] is not None else ""


def _none(one: Kept, seen: dict[str, Seen]) -> dict[str, Any]:
    """A place without events: zeros, but for weeks before anything was ever counted."""
    other = next(iter(seen.values()), None)
    base = [None if n is None else 0 for n in other.said["base"]] if other else []
    count = None if one.said["unknown"] or not other else 0
    return {"base": base, "count": count, "expected": None, "alarm": False, "rate": None}


def _last(visit: sa.Row, now: datetime) -> str:
    """Since when, by whom and for how long; never by which person."""
    org = names.organisation(visit.org)
    if visit.state == "running":
        return _("since %(time)s, %(org)s", time=moments.short(visit.observed_at, now), org=org)
    lasted = moments.length((visit.ended_at - visit.observed_at).total_seconds())
    return f"{moments.stamp(visit.observed_at, now)}, {org}, {lasted}"


def _shows(row: Row, has_fault: bool) -> list[str]:
    if row.runs:
        shown = [mapping.RUNNING]
    elif row.said["visits"]:
        shown = [mapping.PRESENCE]
    elif row.said["unknown"]:
        shown = [mapping.UNKNOWN]
    else:
        shown = [mapping.OWED] if row.said["asked_visits"] else []
    events = [mapping.EVENT] if row.events["count"] else []
    return [*shown, *events, *([mapping.STANDING] if has_fault else [])]
