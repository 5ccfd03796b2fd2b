"""Access tokens for programs that read, such as QGIS: making one, and taking it back.

A token is shown once, on the answer to the form that made it, and to nobody else.
"""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_login import current_user
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from fieldlog import problems
from fieldlog.access import audit, sight, stepup
from fieldlog.access.guard import guard, may
from fieldlog.review.door import door
from fieldlog.review.forms import SureForm
from fieldlog.store import access_tokens as store
from fieldlog.store.database import writing

NAME = 60
SCOPES = {
    store.PLACES: later("Places"),
    store.RECORDS: later("Places, visits and events; no notes"),
    store.DETAILS: later("Places, visits and events, with notes and exact positions"),
}
LIVES = {"30": later("30 days"), "90": later("90 days"), "365": later("a year")}


class TokenForm(SureForm):
    """What it is for, what it opens and how long."""

    name = StringField(later("What it is for"), [DataRequired(), Length(max=NAME)])
    scope = RadioField(
        later("What may be read"), [InputRequired()], choices=list(SCOPES), default=store.RECORDS
    )
    days = SelectField(later("Good for"), [InputRequired()], choices=list(LIVES), default="90")


@door.get("/access-tokens")
@guard("tokens.read")
def access_tokens():
    """The tokens one may see, newest first, and the form."""
    return _page(TokenForm())


@door.post("/access-tokens")
@guard("tokens.make")
def make_token():
    """Make one that reads what its maker may read, and show it this once."""
    form = TokenForm()
    if not form.validate_on_submit():
        return _page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    scope, days = form.scope.data, int(form.days.data)
    with writing():
        made = store.make(current_user.id, form.name.data.strip(), scope, timedelta(days=days))
        audit.told("tokens.make", made[0], detail={"scope": scope, "days": days})
    return _page(TokenForm(formdata=None), made=made)


@door.post("/access-tokens/<id>/revoke")
@guard("tokens.revoke")
def revoke_token(id: str):
    """Let it open nothing from now on."""
    mine = {held.token.id: held for held in _held()}
    if id not in mine:
        raise problems.Refused(problems.NOT_FOUND)
    with writing():
        store.revoke(id)
        audit.told("tokens.revoke", id, owner=mine[id].account.org)
    flash(_("“%(name)s” is revoked, and opens nothing any more.", name=mine[id].token.name))
    return redirect(url_for("review.access_tokens"), HTTPStatus.SEE_OTHER)


def _page(form: TokenForm, made: tuple[str, str] | None = None, status: int = HTTPStatus.OK):
    page = render_template(
        "review/access_tokens.html",
        form=form,
        made=made,
        may_make=may("tokens.make"),
        sure=stepup.is_needed(),
        held=_held(),
        scopes=SCOPES,
        lives=LIVES,
        address=url_for("features.landing", _external=True),
        at=datetime.now(UTC),
    )
    return page, status


def _held() -> list[store.Held]:
    return store.listed(sight.device_orgs(current_user))
