"""What a meeting does with a week: freezes its picture, decides the next one's focus and places.

The decision is the phones' list with the next plan they fetch. Knows not how figures are made.
"""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog import problems
from fieldlog.access import audit
from fieldlog.access.guard import guard
from fieldlog.measure.week import Week
from fieldlog.review import week
from fieldlog.review.door import door
from fieldlog.review.week_forms import DecisionForm
from fieldlog.store import bundles
from fieldlog.store.database import writing
from fieldlog.store.weeks import decisions, pictures


@door.post("/week/<name>/freeze")
@guard("week.freeze")
def freeze(name: str):
    """Keep the week's figures as they stand now."""
    which, now = week.named(name), datetime.now(UTC)
    if which > week.running():
        raise problems.Refused(problems.NOT_FOUND)
    try:
        with writing():
            pictures.freeze(str(which), week.live(which, now), current_user.id, now)
            audit.told("week.freeze", str(which))
        flash(_("Frozen. What comes in from now on stands beside it."))
    except pictures.Frozen:
        flash(_("The week was frozen already: its picture stays as it is."), "need")
    return _back(which)


@door.post("/week/<name>/decide")
@guard("week.decide")
def decide(name: str):
    """Decide for the week that follows."""
    which, now = week.named(name), datetime.now(UTC)
    form = DecisionForm()
    if not form.validate_on_submit():
        return week.page(which, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with writing():
        chosen = form.chosen()
        decisions.decide(str(which + 1), form.focus.data.strip(), chosen, current_user.id, now)
        audit.told("week.decide", str(which + 1), detail={"places": len(chosen)})
    bundles.forget()
    flash(_("Decided. The phones follow when they are next in contact."))
    return _back(which)


def _back(which: Week):
    return redirect(url_for("review.week", name=str(which)), HTTPStatus.SEE_OTHER)
