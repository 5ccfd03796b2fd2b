"""The week's page: its picture, live or frozen. Asks what the picture holds, and draws it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog import picture, problems
from fieldlog.access import audit, sight
from fieldlog.access.guard import guard
from fieldlog.access.verbs import PEOPLE
from fieldlog.measure import grid
from fieldlog.measure.week import Week, week_named, week_of
from fieldlog.picture import Sight, asked
from fieldlog.review import moments, names, week_rows, week_words
from fieldlog.review.door import door
from fieldlog.review.week_links import Links


@dataclass(frozen=True)
class Seen:
    """A week as one reader sees it: its figures, and whether they still change."""

    week: Week
    figures: dict[str, Any]
    now: datetime


@door.get("/week")
@guard("week.read")
def weeks():
    """The week that runs."""
    return _page(running())


@door.get("/week/<name>")
@guard("week.read")
def week(name: str):
    """A week's picture."""
    return _page(named(name))


def named(name: str) -> Week:
    """The week of an address. Refused: none."""
    try:
        return week_named(name)
    except ValueError as wrong:
        raise problems.Refused(problems.NOT_FOUND) from wrong


def running() -> Week:
    """The reporting week that runs."""
    return week_of(datetime.now(UTC), moments.zone())


def live(which: Week, now: datetime) -> dict[str, Any]:
    """The week's figures as they stand now, of what the reader may count."""
    of = Sight(sight.present_orgs(), sight.counted_orgs(current_user))
    return picture.figures(which, of, asked.of(which), moments.zone(), now)


def _page(which: Week) -> str:
    now = datetime.now(UTC)
    seen = Seen(which, live(which, now), now)
    audit.told("week.read", str(which))
    return render_template("review/week.html", **_drawn(seen))


def _drawn(seen: Seen) -> dict[str, Any]:
    """All that the template asks for."""
    which, figures = seen.week, seen.figures
    reads = current_user.role in PEOPLE["log.read"]
    links = Links(str(which), sight.orgs(current_user) if reads else ())
    orgs = sorted({org for line in figures["presence"] for org in line["orgs"]})
    rows, axis, top = week_rows.seen(figures, links)
    return {
        "week": which,
        "heading": _("Week %(n)d", n=which.number),
        "dates": week_words.title(which.days),
        "figures": figures,
        "links": links,
        "share": week_words.share,
        "kept": week_rows.kept(figures, orgs, links),
        "orgs": [names.organisations()[org] for org in orgs if org in names.organisations()],
        "rows": rows,
        "axis": axis,
        "top": top,
        "when": week_rows.when(figures, which.days, links),
        "weekdays": [moments.weekday(day) for day in which.days],
        "columns": grid.columns(),
        "event_days": [links.events(day=day.isoformat()) for day in which.days],
        "visit_days": [links.visits(day=day.isoformat()) for day in which.days],
        "until": which.span(moments.zone())[1],
        "names": names,
        "news": week_words.news(figures),
        "coming": [_coming(found, links) for found in figures["coming"]],
        "faults": week_rows.faults(figures, seen.now, links),
        "counted": [names.organisation(org) for org in figures["orgs"]["events"]],
        "runs": which == running(),
        "previous": str(which - 1),
        "following": str(which + 1) if which < running() else None,
    }


def _coming(found: dict[str, Any], links: Links) -> dict[str, Any]:
    where = names.place(found["place"]) or found["place"] or _("no place given")
    at = moments.stamp(datetime.fromisoformat(found["at"]))
    return {
        "what": week_words.kind(found["kind"]),
        "where": where,
        "at": at,
        "href": links.record(found),
    }
