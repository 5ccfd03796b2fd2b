"""Webhooks: which addresses are told of what, how it lately went, and taking one away.

A secret is shown once, on the answer to the form that made it. Nothing is sent from here.
"""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_babel import ngettext
from flask_login import current_user
from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from fieldlog import config, problems
from fieldlog.access import audit, outwards, sight, stepup
from fieldlog.access.guard import guard, may
from fieldlog.review.door import door
from fieldlog.review.forms import SureForm
from fieldlog.store import hooks as store
from fieldlog.store.database import writing
from fieldlog.store.tables import Hook

LONGEST = 500
EVENTS = {
    "event.acute": later("an acute event"),
    "event.fault": later("a fault that stays until it is fixed"),
    "event.fixed": later("a fault seen fixed"),
    "week.frozen": later("a week's picture frozen"),
    "week.decided": later("the next week decided"),
    "trial": later("a trial"),
}
FAILURES = {
    "unreachable": later("could not be reached"),
    "inwards": later("leads into the own network"),
}


class HookForm(SureForm):
    """Where to, and told of what."""

    url = StringField(later("Address"), [DataRequired(), Length(max=LONGEST)])
    events = SelectMultipleField(
        later("Told of"),
        [DataRequired(later("Choose at least one."))],
        choices=list(store.EVENTS),
    )

    def validate_url(self, field) -> None:
        """What is looked up may change: it is held against the network each time it is sent."""
        try:
            outwards.address(field.data.strip(), config.current().hook_hosts)
        except outwards.Inwards as fault:
            raise ValidationError(
                _("An address that begins with https://, without a name or password in it.")
            ) from fault


@door.get("/hooks")
@guard("hooks.read")
def hooks():
    """The hooks one may see, newest first, and the form."""
    return _page(HookForm())


@door.post("/hooks")
@guard("hooks.write")
def add_hook():
    """Add one for the own organisation, and show its secret this once."""
    form = HookForm()
    if not form.validate_on_submit():
        return _page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    url, events = form.url.data.strip(), form.events.data
    with writing():
        hook = store.add(current_user.org, url, events, current_user.id, datetime.now(UTC))
        audit.told("hooks.write", hook.id, detail={"events": " ".join(events)})
    return _page(HookForm(formdata=None), made=hook)


@door.post("/hooks/<id>/try")
@guard("hooks.write")
def try_hook(id: str):
    """Something that means nothing, and again what was given up: sent with the next delivery."""
    hook, now = _mine(id), datetime.now(UTC)
    with writing():
        store.trial(hook, now)
        again = store.anew(id, now)
        audit.told("hooks.try", id)
    said = [_("A trial goes out with the next delivery.")]
    if again:
        said.append(
            ngettext("%(num)d given up is tried again.", "%(num)d given up are tried again.", again)
        )
    flash(" ".join(said))
    return redirect(url_for("review.hooks"), HTTPStatus.SEE_OTHER)


@door.post("/hooks/<id>/end")
@guard("hooks.end")
def end_hook(id: str):
    """Tell it nothing any more."""
    hook = _mine(id)
    with writing():
        store.end(id, datetime.now(UTC))
        audit.told("hooks.end", id, owner=hook.org)
    flash(_("Taken away. Nothing more is sent there."))
    return redirect(url_for("review.hooks"), HTTPStatus.SEE_OTHER)


def _page(form: HookForm, made: Hook | None = None, status: int = HTTPStatus.OK):
    held = store.listed(sight.device_orgs(current_user))
    page = render_template(
        "review/hooks.html",
        form=form,
        made=made,
        may_write=may("hooks.write"),
        sure=stepup.is_needed(),
        held=held,
        lately={hook.id: store.lately(hook.id) for hook in held},
        events=EVENTS,
        failures=FAILURES,
        kept_days=store.KEPT.days,
    )
    return page, status


def _mine(id: str) -> Hook:
    found = [hook for hook in store.listed(sight.device_orgs(current_user)) if hook.id == id]
    if not found:
        raise problems.Refused(problems.NOT_FOUND)
    return found[0]
