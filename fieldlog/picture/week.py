"""All figures of one week, as one value that JSON can hold. Knows where each is made, not how."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fieldlog.measure import dose, grid
from fieldlog.measure.signals import BASE_WEEKS
from fieldlog.measure.week import Week
from fieldlog.picture import events, presence, silence
from fieldlog.picture.presence import Asked, Frame
from fieldlog.picture.sight import Sight
from fieldlog.store.tables import Action
from fieldlog.store.weeks import actions, observed

VERSION = 1


def figures(
    week: Week, sight: Sight, asked: list[Asked], zone: ZoneInfo, now: datetime
) -> dict[str, Any]:
    """The picture of a week as it stands now."""
    frame = Frame(week, zone, now)
    since, until = frame.span
    visits = observed.visits(sight.presence, since, until)
    seen = observed.events(sight.events, since, until)
    unheard = silence.until(sight.presence, since, frame.over[1])
    places = presence.by_place(visits)
    inside = {place: dose.within(its, frame.span) for place, its in places.items()}
    return {
        "version": VERSION,
        "week": str(week),
        "as_of": now.isoformat(timespec="seconds"),
        "orgs": {"presence": list(sight.presence), "events": list(sight.events)},
        "trust": _trust(visits, seen, sight, frame, unheard),
        "presence": _presence(places, asked, frame, unheard),
        "events": _events(seen, inside, sight, frame, unheard),
        "when": {
            "events": grid.of_events((row.observed_at for row in seen), zone),
            "presence": presence.presence_grid(inside.values(), frame),
            "promised": presence.promised_grid(asked, frame),
        },
        "actions": [_action(row) for row in actions.shown_in(week.days[0], week.days[-1])],
        "faults": _faults(sight, until),
        "coming": [
            _found(row) for row in observed.coming(sight.events, until, (week + 1).span(zone)[1])
        ],
    }


def _trust(visits, seen, sight: Sight, frame: Frame, unheard: silence.Silence) -> dict[str, Any]:
    """How far the figures can be trusted, in counts."""
    since, until = frame.span
    inside = [row for row in visits if row.observed_at >= since and row.kind != dose.CALLOUT]
    return {
        "phones": len(unheard.heard),
        "silent": unheard.by_org,
        "heard_until": unheard.until.isoformat(timespec="seconds"),
        "visits": len(inside),
        "events": len(seen),
        "late": sum(row.received_at >= until for row in (*inside, *seen)),
        "late_visits": sum(row.received_at >= until for row in inside),
        "backfilled": sum(row.ended_by == "backfill" for row in inside),
        "other": sum(row.category.endswith(events.OTHER) for row in seen),
        "quarantined": observed.quarantined(sight.presence, since, until),
    }


def _presence(places, asked: list[Asked], frame: Frame, unheard) -> list[dict[str, Any]]:
    """What was asked for, in its order; then places that somebody visited all the same."""
    named = {each.place for each in asked}
    rest = [Asked(place) for place in sorted(set(places) - named)]
    return [
        presence.line(each, places.get(each.place, []), frame, unheard) for each in (*asked, *rest)
    ]


def _events(seen, inside, sight: Sight, frame: Frame, unheard) -> dict[str, Any]:
    weeks = [*frame.week.before(BASE_WEEKS), frame.week, frame.week + 1]
    counts = observed.counts(sight.events, [week.span(frame.zone)[0] for week in weeks])
    start, kinds = events.silent_start(counts), events.kinds_by_place(seen)
    theirs = {
        place: [each for each in visits if each.org in sight.events]
        for place, visits in inside.items()
    }
    minutes = {place: dose.patrol_minutes(visits) for place, visits in theirs.items()}
    return {
        "places": events.lines(events.by_place(counts), minutes, kinds, unheard, start),
        "unusual": events.unusual(events.by_category(counts), kinds, start),
        "placeless": sum(row.place is None for row in seen),
    }


def _faults(sight: Sight, until: datetime) -> list[dict[str, Any]]:
    rows = observed.faults(sight.events, until)
    again = observed.seen_again(row.rid for row in rows)
    return [_found(row) | {"seen": 1 + again.get(row.rid, 0)} for row in rows]


def _action(row: Action) -> dict[str, Any]:
    return {
        "number": row.number,
        "what": row.what,
        "owner": row.owner,
        "due": row.due.isoformat(),
        "done": row.done and row.done.isoformat(),
        "place": row.place,
        "result": row.result,
    }


def _found(row) -> dict[str, Any]:
    return {
        "rid": row.rid.hex(),
        "org": row.org,
        "place": row.place,
        "kind": row.category,
        "at": row.observed_at.isoformat(timespec="seconds"),
    }
