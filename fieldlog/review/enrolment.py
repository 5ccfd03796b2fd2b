"""Enrolling a phone at the desk: whose it is, then a code that works once, also as a picture."""

from http import HTTPStatus

from flask import Response, redirect, render_template, request, url_for
from flask_login import current_user

from fieldlog import problems
from fieldlog.access import devices as access
from fieldlog.access import sight
from fieldlog.access.guard import guard
from fieldlog.review import labels
from fieldlog.review.door import door


@door.get("/devices/code")
@guard("devices.enrol")
def code():
    """Whose phone it is to be; with a code made, the code itself."""
    accounts = sight.enrollable(current_user)
    offered = access.offered()
    return render_template(
        "review/code.html",
        accounts=accounts,
        offered=offered,
        whose=next((one for one in accounts if offered and one.id == offered.account), None),
        roles=labels.ROLES,
    )


@door.post("/devices/code")
@guard("devices.enrol")
def make_code():
    """Make the code, for an account that the reader may enrol."""
    account = request.form.get("account", "")
    if account not in {one.id for one in sight.enrollable(current_user)}:
        raise problems.Refused(problems.NOT_FOUND)
    access.offer(account)
    return redirect(url_for("review.code"), HTTPStatus.SEE_OTHER)


@door.get("/devices/code.svg")
@guard("devices.enrol")
def code_picture():
    """The code's address as a picture to scan."""
    offered = access.offered()
    if offered is None:
        raise problems.Refused(problems.NOT_FOUND)
    return Response(access.picture(offered), mimetype="image/svg+xml")
