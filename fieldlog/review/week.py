"""The week's page: its picture, live or frozen. Asks what the picture holds, and draws it."""

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog import picture, problems
from fieldlog.access import audit, sight, stepup
from fieldlog.access.guard import guard, may
from fieldlog.measure import grid
from fieldlog.measure.week import Week, week_named, week_of
from fieldlog.picture import Sight, asked
from fieldlog.review import moments, names, week_rows, week_words
from fieldlog.review.door import door
from fieldlog.review.forms import NOT_SAVED
from fieldlog.review.week_forms import DecisionForm, blank
from fieldlog.review.week_links import Links
from fieldlog.store import listing, people
from fieldlog.store.tables import Picture
from fieldlog.store.weeks import decisions, observed, pictures


class Late(NamedTuple):
    """How much of a place came in after the meeting."""

    code: str | None
    place: str
    visits: int
    events: int


@door.get("/week")
@guard("week.read")
def weeks():
    """The week that runs."""
    return page(running())


@door.get("/week/<name>")
@guard("week.read")
def week(name: str):
    """A week's picture."""
    return page(named(name))


def page(which: Week, form: DecisionForm | None = None) -> str:
    """The week's page; `form` is a decision that could not be taken as it was filled in."""
    now = datetime.now(UTC)
    newest = listing.newest_entry()  # before the figures: what comes meanwhile is new
    frozen, figures = seen(which, now)
    audit.told("week.read", str(which), detail={"frozen": bool(frozen)})
    said = NOT_SAVED if form else ""
    acts = {verb for verb in ("week.freeze", "week.decide", "log.export") if may(verb)}
    if "week.decide" in acts and form is None:
        form = blank(which, figures)
    return render_template(
        "review/week.html",
        newest_entry=newest,
        form=form,
        said=said,
        may=acts,
        sure=stepup.is_needed(),
        **_drawn(which, figures),
        **_meeting(which, frozen),
    )


def named(name: str) -> Week:
    """The week of an address. Refused: none."""
    try:
        return week_named(name)
    except ValueError as wrong:
        raise problems.Refused(problems.NOT_FOUND) from wrong


def running() -> Week:
    """The reporting week that runs."""
    return week_of(datetime.now(UTC), moments.zone())


def seen(which: Week, now: datetime) -> tuple[Picture | None, dict[str, Any]]:
    """The week's picture, if it is frozen, and its figures: the picture's, else the live ones."""
    frozen = pictures.of(str(which))
    return frozen, pictures.figures(frozen) if frozen else live(which, now)


def live(which: Week, now: datetime) -> dict[str, Any]:
    """The week's figures as they stand now, of what the reader may count."""
    of = Sight(sight.present_orgs(), sight.counted_orgs(current_user))
    return picture.figures(which, of, asked.of(which), moments.zone(), now)


def _meeting(which: Week, frozen: Picture | None) -> dict[str, Any]:
    """What the meeting has left: the frozen picture, what came in since, and the decision."""
    held = decisions.of(str(which + 1))
    return {
        "frozen": frozen,
        "late": _late(which, frozen.frozen_at) if frozen else [],
        "decision": held,
        "decided_by": held and people.by_id(held.by),
        "versions": len(decisions.history(str(which + 1))),
        "next": which + 1,
    }


def _late(which: Week, after: datetime) -> list[Late]:
    """What came in after the freeze, of what the reader may count."""
    since, until = which.span(moments.zone())
    found = observed.late(
        sight.present_orgs(), sight.counted_orgs(current_user), since, until, after
    )
    return [
        Late(code, names.place(code) or code or _("no place given"), *numbers)
        for code, numbers in found.items()
    ]


def _drawn(which: Week, figures: dict[str, Any]) -> dict[str, Any]:
    """The figures in words and drawings."""
    links = Links(str(which), sight.orgs(current_user))
    orgs = week_rows.present(figures)
    since, until = which.span(moments.zone())
    as_of = datetime.fromisoformat(figures["as_of"])
    rows, axis, top = week_rows.seen(figures, links)
    return {
        "week": which,
        "heading": _("Week %(n)d", n=which.number),
        "dates": week_words.title(which.days),
        "figures": figures,
        "links": links,
        "all_held_are_mine": bool(links.orgs)
        and observed.quarantined(links.orgs, since, until) == figures["trust"]["quarantined"],
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
        "until": until,
        "names": names,
        "news": week_words.news(figures),
        "coming": [_coming(found, links) for found in figures["coming"]],
        "faults": week_rows.faults(figures, min(as_of, until), links),
        "counted": [names.organisation(org) for org in figures["orgs"]["events"]],
        "actions": [_action(found, as_of) for found in figures["actions"]],
        "runs": which == running(),
        "previous": str(which - 1),
        "following": str(which + 1) if which < running() else None,
    }


def _action(found: dict[str, Any], as_of: datetime) -> dict[str, Any]:
    """An action in words; late when its day had passed when the picture was made."""
    due = date.fromisoformat(found["due"])
    over = (moments.local(as_of).date() - due).days
    return found | {
        "due": moments.day(due),
        "late": over if over > 0 and not found["done"] else 0,
        "owner": names.organisation(found["owner"]),
        "where": names.place(found["place"]) or found["place"],
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
