"""Actions of the weekly meeting: who does what until when. Every version stays.

Knows no figure.
"""

from datetime import UTC, date, datetime
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog import problems
from fieldlog.access import audit
from fieldlog.access.guard import guard, may
from fieldlog.review import moments, names
from fieldlog.review.door import door
from fieldlog.review.week_forms import ActionForm
from fieldlog.store import people
from fieldlog.store.database import writing
from fieldlog.store.tables import Action
from fieldlog.store.weeks import actions as store

NONE = ("", "–")
ONE = f"/actions/<int(max={2**31 - 1}):number>"


@door.get("/actions")
@guard("week.read")
def actions():
    """Every action as it holds, and a form for a new one."""
    audit.told("actions.read")
    return _page(_form())


@door.post("/actions")
@guard("actions.write")
def add_action():
    """A new action."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    with writing():
        number = store.add(_told(form), current_user.id, datetime.now(UTC))
        audit.told("actions.write", str(number))
    flash(_("The action is kept."))
    return redirect(url_for("review.actions"), HTTPStatus.SEE_OTHER)


@door.get(ONE)
@guard("week.read")
def action(number: int):
    """One action with its versions."""
    held = _held(number)
    audit.told("actions.read", str(number))
    return _one(number, _form(held))


@door.post(ONE)
@guard("actions.write")
def change_action(number: int):
    """Let this hold of it from now on."""
    held = _held(number)
    form = _form(held)
    if not form.validate_on_submit():
        return _one(number, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with writing():
        store.change(number, _told(form), current_user.id, datetime.now(UTC))
        audit.told("actions.write", str(number))
    flash(_("The change is kept, and what stood before under it."))
    return redirect(url_for("review.action", number=number), HTTPStatus.SEE_OTHER)


def today() -> date:
    """The day by the wall: an action is due on a date, not on an operational day."""
    return moments.local(datetime.now(UTC)).date()


def _held(number: int) -> Action:
    held = store.one(number)
    if held is None:
        raise problems.Refused(problems.NOT_FOUND)
    return held


def _form(held: Action | None = None) -> ActionForm:
    form = ActionForm(obj=held)
    form.owner.choices = [(code, one.name) for code, one in names.organisations().items()]
    form.place.choices = [NONE, *((code, one.name) for code, one in names.places().items())]
    kinds = names.categories().items()
    form.category.choices = [NONE, *((code, names.called(one)) for code, one in kinds)]
    return form


def _told(form: ActionForm) -> dict:
    told = {name: form[name].data for name in store.FIELDS}
    return told | {"what": told["what"].strip(), "result": (told["result"] or "").strip()}


def _page(form: ActionForm):
    return render_template(
        "review/actions.html", actions=store.now_standing(), form=form, **_shared()
    )


def _one(number: int, form: ActionForm):
    history = store.history(number)
    return render_template(
        "review/action.html",
        number=number,
        versions=[(row, people.by_id(row.by)) for row in history],
        form=form,
        **_shared(),
    )


def _shared() -> dict:
    return {
        "names": names,
        "today": today(),
        "writes": may("actions.write"),
    }
