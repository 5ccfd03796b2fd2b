"""A week's planned presence as a calendar file: behind the password, and logged."""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _

from fieldlog.access import audit, limits
from fieldlog.access.guard import guard
from fieldlog.review.door import door
from fieldlog.review.exports import ics, planned
from fieldlog.review.exports.page import PasswordForm, attached, refusal
from fieldlog.review.week import named


@door.post("/week/<name>/calendar")
@guard("week.export")
@limits.limiter.limit(limits.EXPORTS, key_func=limits.account)
def calendar(name: str):
    """What is planned in the week."""
    week = named(name)
    refused = refusal(PasswordForm())
    if refused:
        flash(refused, "need")
        return redirect(url_for("review.week", name=name), HTTPStatus.SEE_OTHER)
    found = planned.of(week)
    audit.told("week.export", str(week), detail={"as": ics.ENDING, "planned": len(found)})
    answer = Response(ics.write(found, datetime.now(UTC)), mimetype=ics.MIMETYPE)
    return attached(answer, _("fieldlog-presence-%(week)s", week=week) + "." + ics.ENDING)
