"""The forms of the promise: each answer is a new version, or a page that keeps what was typed and
says what is wrong. Knows the forms; what may be published is judged by the store.
"""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import ValidationError
from wtforms import SelectChoice

from fieldlog import config, problems
from fieldlog.access import audit
from fieldlog.access.guard import guard
from fieldlog.review import moments, names
from fieldlog.review.door import door
from fieldlog.review.forms import NOT_SAVED, OVERTAKEN, choices
from fieldlog.review.promise import words
from fieldlog.review.promise.forms import FORMS_OF, KEYS, ThingForm
from fieldlog.review.promise.pages import rows_of
from fieldlog.store import bundles, promises, versions
from fieldlog.store.database import writing
from fieldlog.store.promises import things
from fieldlog.store.promises.things import KINDS, PARENT
from fieldlog.store.tables import Version
from fieldlog.store.versions import DRAFT, ENDED, PUBLISHED

NONE = SelectChoice("", "–")
SPARE = 2  # empty rows for windows
STATES = (DRAFT, PUBLISHED, ENDED)


@door.route("/promise/<kind>/new", methods=["GET", "POST"])
@guard("promise.edit")
def promise_new(kind: str):
    """A form for a new thing; `under` is what it hangs under."""
    _at_the_centre(kind)
    form = FORMS_OF[_which(kind, request.args.get("form"))]()
    _offer(form)
    above = PARENT.get(kind)
    if not form.is_submitted():
        if above and request.args.get("under"):
            form[above].data = request.args["under"]
        return _page(form, kind)
    return _answer(form, kind, things.code_for(form.title.data or "", _taken(kind)), [])


@door.route("/promise/<kind>/<code>/edit", methods=["GET", "POST"])
@guard("promise.edit")
def promise_edit(kind: str, code: str):
    """The form of a thing as it was last written."""
    _at_the_centre(kind)
    rows = rows_of(kind, code)
    one = things.read(kind, code, rows[-1].body)
    form = FORMS_OF[_which(kind, getattr(one, "form", None))](obj=one)
    _offer(form)
    if not form.is_submitted():
        form.after.data = rows[-1].number
        if "parties" in form:
            form.parties.data = ", ".join(one.parties)
        return _page(form, kind, code, rows)
    return _answer(form, kind, code, rows)


def _answer(form: ThingForm, kind: str, code: str, rows: list[Version]):
    """Make the version, or show the form again with what is wrong."""
    state = request.form.get("state")
    state = state if state in STATES else DRAFT
    if not form.validate():
        return _page(form, kind, code, rows, said=NOT_SAVED)
    now = datetime.now(UTC)
    since = form.since.data or _default(form, state, rows, moments.operational_day(now))
    before = rows[-1].body if rows else {}
    edit = promises.Edit(kind, code, _body(form, before), state, since)
    made = {"after": form.seen(), "by": current_user.id, "why": form.because()}
    try:
        with writing():
            changed = promises.keep(edit, now, **made)
            if changed:
                audit.told("promise.edit", detail={"kind": kind, "code": code, "state": state})
    except _FAULTS as fault:
        return _page(form, kind, code, rows, said=_spoken(fault, form, kind, code))
    bundles.forget()
    flash(_SAVED[state]() if changed else _("Nothing had changed."))
    return redirect(url_for("review.thing", kind=kind, code=code), HTTPStatus.SEE_OTHER)


_FAULTS = (
    ValidationError, promises.NotReady, promises.Unknown, promises.TooLate, versions.Overtaken,
)  # fmt: skip
_SAVED = {
    DRAFT: lambda: _("Saved as a draft."),
    PUBLISHED: lambda: _("Published. The phones hear of it at their next contact."),
    ENDED: lambda: _("Ended. What it asked before stands."),
}


def _spoken(fault: Exception, form: ThingForm, kind: str, code: str) -> str:
    """What is wrong, in the reader's language; marks the fields it is about."""
    match fault:
        case ValidationError():
            for key in fault.messages:
                name = {key: name for name, key in KEYS.items()}.get(key, key)
                wrong = _("This can't be so: check it.")
                if key == "_schema":
                    name, wrong = "ends", _("The last day is before the first.")
                if name in form:
                    form[name].errors = [*form[name].errors, wrong]
            return NOT_SAVED
        case promises.NotReady():
            lacks = words.missing(fault.missing)
            return _("It can't be published yet. It lacks: %(lacks)s.", lacks=lacks)
        case promises.TooLate():
            form.since.errors = [_("What was published changes from this week's Monday at most.")]
            return NOT_SAVED
        case versions.Overtaken():
            form.after.data = versions.history(kind, code)[-1].number
            return OVERTAKEN
    return _("It names what is not there any more: %(names)s.", names=", ".join(fault.names))


def _page(form: ThingForm, kind: str, code: str = "", rows: list | None = None, said: str = ""):
    if "windows" in form:
        while sum(row.form.is_empty for row in form.windows) < SPARE:
            form.windows.append_entry()
    page = render_template(
        "review/promise/edit.html",
        words=words,
        form=form,
        kind=kind,
        code=code if rows else "",
        state=rows[-1].state if rows else DRAFT,
        was_published=any(row.state != DRAFT for row in rows or ()),
        said=said,
        days=words.days(),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if said else HTTPStatus.OK


def _offer(form: ThingForm) -> None:
    """Fill in what can be chosen."""
    if "sources" in form:
        form.sources.choices = _titles("source")
    if "places" in form:
        chosen = set(form.places.data or ())
        offered = {
            code: one.name for code, one in names.places().items() if one.active or code in chosen
        }
        form.places.choices = choices(offered)
    if "owner" in form:
        known = names.organisations().items()
        form.owner.choices = [NONE, *choices({code: one.name for code, one in known})]
    for kind in PARENT.values():
        if kind in form:
            form[kind].choices = [NONE, *_titles(kind)]


def _titles(kind: str) -> list[SelectChoice]:
    rows = promises.newest(kind).items()
    return choices({code: words.title(things.read(kind, code, row.body)) for code, row in rows})


def _body(form: ThingForm, before: dict) -> dict:
    """What the form says; what stood as an example is none any more once it is changed."""
    said = {**before, **form.said()}
    marked = [
        name
        for name in before.get("examples", [])
        if name == "all" or (said.get(name) or None) == before.get(name)
    ]
    return {**said, "examples": marked}


def _default(form: ThingForm, state: str, rows: list[Version], today: date) -> date:
    """The day a version holds from when none is said: see the hint beside the field."""
    monday = today - timedelta(days=today.weekday())
    if state != PUBLISHED:
        return today
    if any(row.state != DRAFT for row in rows):
        return monday + timedelta(days=7)
    begins, ends = (form[name].data if name in form else None for name in ("begins", "ends"))
    return begins if begins and ends and ends < monday else monday


def _which(kind: str, form: str | None) -> str:
    """The form of a kind: a commitment has one for presence and one for what is counted."""
    if kind != "commitment":
        return kind
    return "count" if form == "count" else "presence"


def _taken(kind: str) -> set[str]:
    return {"new", *versions.every(kind)}  # an address of its own


def _at_the_centre(kind: str) -> None:
    if kind not in KINDS or config.current().role != "centre":
        raise problems.Refused(problems.NOT_FOUND)
