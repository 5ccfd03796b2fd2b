"""The visits behind a figure of the week: place, time, length and organisation, which are shared.

Whoever reads the week reads them; the records themselves are a link for whom they are.
"""

from datetime import UTC, date, datetime

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog import problems
from fieldlog.access import audit, sight
from fieldlog.access.guard import guard
from fieldlog.measure import grid
from fieldlog.measure.spans import Span
from fieldlog.measure.week import Week
from fieldlog.picture import asked, behind
from fieldlog.picture.presence import Frame
from fieldlog.review import labels, moments, names
from fieldlog.review.door import door
from fieldlog.review.week import named
from fieldlog.review.week_links import Links
from fieldlog.store.tables import Picture
from fieldlog.store.weeks import observed, pictures

FIGURE = ("place", "commitment", "org", "day", "hour", "ended", "late")
AFTER_WEEK, AFTER_MEETING = "week", "meeting"


@door.get("/week/<name>/visits")
@guard("week.read")
def week_visits(name: str):
    """What a figure counts. A frozen week's is shown without what came in after the meeting, or
    with only that."""
    which, frozen = named(name), pictures.of(name)
    args = {one: request.args[one] for one in FIGURE if request.args.get(one)}
    frame = Frame(which, moments.zone(), datetime.now(UTC))
    rows = observed.visits(sight.present_orgs(), *frame.span)
    late = _late(args.get("late"), frozen)
    meeting = frozen.frozen_at if frozen else frame.now
    rows = [row for row in rows if _is_meant(row, late, frame.span, meeting)]
    found = behind.of(rows, frame, _choice(which, args))
    audit.told("week.read", name, detail={"visits": len(found.visits)})
    return render_template(
        "review/week_visits.html",
        week=which,
        whole=frozen is None or late == AFTER_MEETING,
        heading=_("Visits of week %(n)d", n=which.number),
        found=found,
        chosen=_said(args),
        names=names,
        links=Links(name, sight.orgs(current_user)),
    )


def _choice(which: Week, args: dict[str, str]) -> behind.Choice:
    """What an address asks for. Refused: what is no figure of the week."""
    place, day = args.get("place"), _day(which, args.get("day"))
    promise = _asked(which, place, args.get("commitment"))
    is_cell = day is not None and place is None
    return behind.Choice(
        place=place,
        org=args.get("org") or (promise and promise.org),
        callouts=bool(promise and promise.callouts),
        begun=None if is_cell else day,
        within=_hours(day, args.get("hour")) if is_cell else None,
        ended_by=args.get("ended"),
    )


def _late(text: str | None, frozen: Picture | None) -> str | None:
    if text not in (None, AFTER_WEEK, AFTER_MEETING) or (text == AFTER_MEETING and not frozen):
        raise problems.Refused(problems.BAD_REQUEST)
    return text


def _is_meant(row, late: str | None, week: Span, meeting: datetime) -> bool:
    """Whether a visit came in when the figure asks. One that came late began within the week."""
    if late and row.observed_at < week[0]:
        return False
    if late == AFTER_MEETING:
        return row.received_at > meeting
    return row.received_at <= meeting and (late is None or row.received_at >= week[1])


def _asked(which: Week, place: str | None, commitment: str | None):
    if commitment is None:
        return None
    found = [one for one in asked.of(which) if (one.place, one.commitment) == (place, commitment)]
    if not found:
        raise problems.Refused(problems.NOT_FOUND)
    return found[0]


def _day(which: Week, text: str | None) -> date | None:
    known = {day.isoformat(): day for day in which.days}
    if text is not None and text not in known:
        raise problems.Refused(problems.BAD_REQUEST)
    return known.get(text)


def _hours(day: date, text: str | None) -> Span:
    if text is None:
        return moments.day_bounds(day)
    columns = {f"{hour:02}": n for n, hour in enumerate(grid.columns())}
    if text not in columns:
        raise problems.Refused(problems.BAD_REQUEST)
    return moments.hours_of(day, columns[text] * grid.HOURS, grid.HOURS)


def _said(args: dict[str, str]) -> list[str]:
    """What is chosen, in words."""
    said = {
        "place": names.place(args.get("place")) or args.get("place"),
        "org": names.organisation(args["org"]) if "org" in args else None,
        "day": moments.day(date.fromisoformat(args["day"])) if "day" in args else None,
        "hour": f"{args['hour']}–{(int(args['hour']) + grid.HOURS) % 24:02}"
        if "hour" in args
        else None,
        "ended": labels.of(labels.ENDINGS, args["ended"]) if "ended" in args else None,
        "late": {AFTER_WEEK: _("came late"), AFTER_MEETING: _("after the meeting")}.get(
            args.get("late")
        ),
    }
    return [words for words in said.values() if words]
