"""Words to the people on phones: what was told and to whom, a form, and a way to take down."""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from fieldlog import problems
from fieldlog.access import audit, sight
from fieldlog.access.guard import guard
from fieldlog.review import names
from fieldlog.review.door import door
from fieldlog.review.forms import text_field
from fieldlog.store import bundles, messages
from fieldlog.store.database import writing

LONGEST = 500
KINDS = {"word": later("A word from you"), "outcome": later("What reports led to")}


class MessageForm(FlaskForm):
    """What is told, and to whom."""

    to = SelectField(later("To"), [InputRequired()])
    kind = RadioField(later("What it is"), choices=list(KINDS), default="word")
    text = text_field(later("Text"), LONGEST)


@door.get("/messages")
@guard("messages.write")
def told():
    """What was told, newest first, and the form."""
    return _page(_form())


@door.post("/messages")
@guard("messages.write")
def tell():
    """Tell it; phones have it at their next contact."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    scope, _colon, whose = form.to.data.partition(":")
    whom = {scope: whose} if whose else {}
    now = datetime.now(UTC)
    with writing():
        id = messages.add(form.text.data.strip(), form.kind.data, current_user.id, now, **whom)
        audit.told("messages.write", id, detail={"to": scope, "kind": form.kind.data})
    bundles.forget()
    flash(_("Told. Phones show it at their next contact."))
    return redirect(url_for("review.told"), HTTPStatus.SEE_OTHER)


@door.post("/messages/<id>/end")
@guard("messages.write")
def take_down(id: str):
    """Phones no longer show it; it stays in the list."""
    if id not in {one.id for one in _shown() if _is_theirs(one)}:
        raise problems.Refused(problems.NOT_FOUND)
    with writing():
        messages.end(id, datetime.now(UTC))
        audit.told("messages.write", id, detail={"ended": True})
    bundles.forget()
    flash(_("Taken down. Phones no longer show it after their next contact."))
    return redirect(url_for("review.told"), HTTPStatus.SEE_OTHER)


def _page(form: MessageForm, status: int = HTTPStatus.OK):
    now = datetime.now(UTC)
    page = render_template(
        "review/messages.html",
        form=form,
        readers=_readers(),
        kinds=KINDS,
        shown=_shown(),
        is_theirs=_is_theirs,
        whom=_whom,
        over=now - messages.STANDS,
    )
    return page, status


def _form() -> MessageForm:
    form = MessageForm()
    form.to.choices = list(_readers())
    return form


def _readers() -> dict[str, str]:
    """Whom the one who writes may tell: everyone, organisations, people; with their names."""
    orgs = sight.told_orgs(current_user)
    everyone = {"all": _("Everyone")} if sight.may_tell_all(current_user) else {}
    whole = {f"org:{code}": names.organisation(code) for code in orgs}
    people = {f"account:{one.id}": one.name for one in sight.told_people(current_user)}
    return everyone | whole | people


def _shown() -> list[messages.Told]:
    return messages.listed(sight.told_orgs(current_user))


def _is_theirs(one: messages.Told) -> bool:
    """Whether the reader may take it down: what is for everyone is the coordinator's."""
    is_for_all = one.org is None and one.account is None
    return one.ended_at is None and (sight.may_tell_all(current_user) or not is_for_all)


def _whom(one: messages.Told) -> str:
    if one.account:
        return one.reader or one.account
    return names.organisation(one.org) if one.org else _("Everyone")
