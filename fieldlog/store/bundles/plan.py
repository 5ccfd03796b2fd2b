"""The bundle `plan`: what each place is asked and has got this week, and who was there last.

A node starts from the centre's plan and adds what the centre lacks.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select

from fieldlog.measure import dose
from fieldlog.measure.week import Week, week_of
from fieldlog.store import people, places
from fieldlog.store.bundles.held import value
from fieldlog.store.database import reading
from fieldlog.store.promises.targets import targets
from fieldlog.store.tables import Entry, Log, Visit
from fieldlog.store.weeks import counted as week_counts
from fieldlog.store.weeks import decisions

LOOK_BACK = timedelta(days=28)
NOTHING = {"visits": None, "by": None, "callouts": False}


def body(now: datetime, zone: str) -> dict:
    """`as_of` is when the newest visit in it was received, so that equal plans are equal bytes.

    `delivered` counts the visits that count towards what is asked: those of the organisations in
    `by`, null for everybody's; `callouts` tells whether call-outs are among them. `asked` and
    `decided` have this week and the next: a node reads the centre's plan when it is some days old.
    """
    here = ZoneInfo(zone)
    week = week_of(now, here)
    since, _ = week.span(here)
    upstream = value("plan")
    delivered, last, as_of = _begun_from(upstream, str(week), since)
    asked = _by_week("asked", _asked_in, upstream, week)
    this_week = defaultdict(lambda: NOTHING, asked[str(week)])
    counted: dict[str, list] = defaultdict(list)
    for visit in _visits(min(since, now - LOOK_BACK), only_new=upstream is not None):
        as_of = max(as_of, visit.received_at)
        if visit.observed_at >= since and _counts(visit, this_week[visit.place]):
            counted[visit.place].append(dose.Visit(visit.observed_at, visit.ended_at))
        told = last.get(visit.place)
        if told is None or _instant(told["at"]) < visit.observed_at:
            last[visit.place] = _told(visit)
    return {
        "as_of": _text(as_of),
        "week": str(week),
        "asked": asked,
        "decided": _by_week("decided", _decided_in, upstream, week),
        "places": [
            {
                "code": code,
                **_target(this_week[code]),
                "delivered": delivered.get(code, 0) + len(dose.merged(counted[code])),
                "last": last.get(code),
            }
            for code in (place["code"] for place in places.listed())
        ],
    }


def _by_week(name: str, made: Callable, upstream: dict | None, week: Week) -> dict[str, dict]:
    """What is made of this week and the next; a node knows what the centre told last."""
    if upstream is None:
        return {str(one): made(one) for one in (week, week + 1)}
    told = upstream.get(name, {})
    return {str(one): told.get(str(one), {}) for one in (week, week + 1)}


def _asked_in(week: Week) -> dict[str, dict]:
    """Visits asked of each place, by all commitments together, and whose visits count; of a place
    the meeting has chosen, as many as it decided."""
    found: dict[str, dict] = {}
    for one in targets(week):
        if not one.visits:
            continue
        place = found.setdefault(one.place, {**NOTHING, "visits": 0, "by": []})
        place["visits"] += one.visits
        everybody = one.joint or place["by"] is None
        place["by"] = None if everybody else sorted({*place["by"], one.org})
        place["callouts"] |= one.counts_callouts
    for chosen in _decided_in(week).get("places", ()):
        if chosen["visits"]:
            found[chosen["code"]] = {
                **found.get(chosen["code"], NOTHING),
                "visits": chosen["visits"],
            }
    return found


def _decided_in(week: Week) -> dict:
    """The week's focus and the places chosen for it, in the meeting's order; empty if none."""
    decision = decisions.of(str(week))
    return {"focus": decision.focus, "places": decision.places} if decision else {}


def _target(asked: dict) -> dict:
    return {"target": asked["visits"], "by": asked["by"], "callouts": asked["callouts"]}


def _counts(visit, asked: dict) -> bool:
    ours = asked["by"] is None or visit.org in asked["by"]
    return ours and (asked["callouts"] or visit.kind != dose.CALLOUT)


def _begun_from(upstream: dict | None, week: str, since: datetime) -> tuple[dict, dict, datetime]:
    """Delivered and last per place as the centre told, or nothing; a past week counts nothing."""
    if upstream is None:
        return {}, {}, since
    told = {place["code"]: place for place in upstream["places"]}
    last = {code: place["last"] for code, place in told.items() if place["last"]}
    if upstream["week"] != week:
        return {}, last, since
    delivered = {code: place["delivered"] for code, place in told.items()}
    return delivered, last, _instant(upstream["as_of"])


def _visits(since: datetime, only_new: bool):
    """Visits to places that a week counts. `only_new`: what the centre has is counted already."""
    orgs = [org.code for org in people.orgs()]
    found = select(
        Visit.place, Visit.org, Visit.kind, Visit.observed_at, Visit.ended_at, Visit.received_at
    ).where(
        Visit.org.in_(orgs),
        Visit.observed_at >= since,
        Visit.place.is_not(None),
        *week_counts.visits(orgs),
    )
    if only_new:
        entry = and_(Entry.id == Visit.entry_id, Entry.log_id == Log.id)
        found = found.where(select(Log.id).where(entry, _unknown_upstream()).exists())
    return reading().execute(found)


def _unknown_upstream() -> ColumnElement[bool]:
    return and_(Entry.branch == 0, or_(Log.up_have.is_(None), Entry.seq > Log.up_have))


def _told(visit) -> dict:
    minutes = max(0, round((visit.ended_at - visit.observed_at).total_seconds() / 60))
    return {"org": visit.org, "at": _text(visit.observed_at), "minutes": minutes}


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
