"""The list of places, and one place with its figures. Presence is shared between organisations;
events are those that the reader may count.
"""

from datetime import UTC, datetime
from typing import Any

from flask import render_template, request
from flask_login import current_user

from fieldlog import picture, problems
from fieldlog.access import audit, sight
from fieldlog.access.guard import guard
from fieldlog.measure.week import Week
from fieldlog.picture import Sight, asked
from fieldlog.picture import place as one_place
from fieldlog.review import editions, moments, names, week, week_rows, week_words
from fieldlog.review.door import door
from fieldlog.review.places import choosing, position, rows
from fieldlog.review.places.editing import may_edit, says
from fieldlog.review.places.rows import Row
from fieldlog.review.promise import words as promise_words
from fieldlog.review.week_links import Links
from fieldlog.store import place_versions, promises
from fieldlog.store.promises import Commitment
from fieldlog.store.weeks import observed


@door.get("/places")
@guard("places.read")
def places():
    """Every place this week: asked and got, who was there last, thirteen weeks of events."""
    which, figures, found, top = _this_week()
    shown = choosing.chosen(found, request.args)
    audit.told("places.read", detail=choosing.told(names.places().values(), request.args) or None)
    return render_template(
        "review/places/list.html",
        week=which,
        rows=shown,
        every=len(found),
        top=top,
        facets=choosing.facets(names.places().values(), request.args),
        weekdays=[moments.weekday(day) for day in which.days],
        marks=rows.marks(shown, {one["place"] for one in figures["faults"]}),
        counted=_counted(),
        may_edit=may_edit(),
    )


@door.get("/places/<code>")
@guard("places.read")
def place(code: str):
    """One place: its dose, its events, what is promised there, where it lies."""
    row = names.places().get(code)
    if row is None:
        raise problems.Refused(problems.NOT_FOUND)
    which, figures, found, top = _this_week()
    this = next(one for one in found if one.place.code == code)
    audit.told("places.read", detail={"place": code})
    faults = [one for one in figures["faults"] if one["place"] == code]
    links = _links(which)
    return render_template(
        "review/places/place.html",
        week=which,
        row=this,
        place=row,
        top=top,
        orgs=[(names.organisation(org), n) for org, n in this.said["orgs"].items()],
        weeks=_weeks(which, this),
        faults=week_rows.faults(figures | {"faults": faults}, datetime.now(UTC), links),
        commitments=_commitments(code),
        weekdays=[moments.weekday(day) for day in which.days],
        marks=rows.marks([this], {code} if faults else set()),
        links=links,
        counted=_counted(),
        words=week_words,
        promised=promise_words,
        position=position,
        editions=editions.told(place_versions.history(code), says),
        may_edit=may_edit(),
    )


def _this_week() -> tuple[Week, dict[str, Any], list[Row], int]:
    """The week that runs, its figures of every place, these as rows, and their scale."""
    which, now = week.running(), datetime.now(UTC)
    wanted = asked.each(which, names.places())
    figures = picture.figures(which, _sight(), wanted, moments.zone(), now)
    found, top = rows.rows(figures, _links(which), observed.latest(sight.present_orgs()), now)
    return which, figures, found, top


def _weeks(which: Week, this: Row) -> list[dict[str, Any]]:
    """The weeks of a place, the newest first, each figure with the records behind it."""
    presence = one_place.weeks(_sight(), this.place.code, which, moments.zone())
    seen = [*this.events["base"], this.events["count"]]
    seen = [None] * (len(presence) - len(seen)) + seen
    return [
        told
        | {
            "events": count,
            "visits_href": _links(told["week"]).visits(this.place.code),
            "events_href": _links(told["week"]).events(this.place.code),
        }
        for told, count in zip(presence, seen, strict=True)
    ][::-1]


def _commitments(code: str) -> list[Commitment]:
    """What is promised at the place today."""
    today = moments.operational_day(datetime.now(UTC))
    return [one for one in promises.standing(today).commitments if code in one.places]


def _sight() -> Sight:
    return Sight(sight.present_orgs(), sight.counted_orgs(current_user))


def _links(which: Week) -> Links:
    return Links(str(which), sight.orgs(current_user))


def _counted() -> list[str]:
    """Whose events the figures are of."""
    return [names.organisation(org) for org in sight.counted_orgs(current_user)]
