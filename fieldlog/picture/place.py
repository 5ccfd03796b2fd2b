"""One place week by week: what it got of presence. Knows no words, and nothing of events."""

from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from fieldlog.measure import dose
from fieldlog.measure.signals import BASE_WEEKS
from fieldlog.measure.week import Week
from fieldlog.picture.presence import by_place
from fieldlog.picture.sight import Sight
from fieldlog.store.weeks import observed


def weeks(sight: Sight, place: str, last: Week, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Thirteen weeks and `last`, the oldest first: `week`, and its dose. Call-outs are apart."""
    asked = [*last.before(BASE_WEEKS), last]
    since, until = asked[0].span(zone)[0], last.span(zone)[1]
    visits = by_place(observed.visits(sight.presence, since, until, place)).get(place, [])
    return [{"week": week, **asdict(dose.dose(visits, week.span(zone)))} for week in asked]
