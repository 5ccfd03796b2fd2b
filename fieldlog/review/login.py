"""Signing in and out at the desk. Says no in one sentence, whatever was wrong."""

from datetime import UTC, datetime
from http import HTTPStatus
from math import ceil

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_babel import ngettext
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from fieldlog.access import limits
from fieldlog.access import login as access
from fieldlog.access.guard import may, open_to_all
from fieldlog.access.onwards import within
from fieldlog.review.door import ROOMS, door

LONGEST = 1024


class LoginForm(FlaskForm):
    """What is asked for at the door."""

    login = StringField(later("Login"), [InputRequired(), Length(max=LONGEST)])
    password = PasswordField(later("Password"), [InputRequired(), Length(max=LONGEST)])


@door.route("/login", methods=["GET", "POST"])
@open_to_all
@limits.limiter.limit(limits.LOGINS, methods=["POST"])
def login():
    """The form; with the right words in it, on to where the reader was going."""
    form = LoginForm()
    if current_user.is_authenticated and request.method == "GET":
        return redirect(_onwards())
    refused = None
    if form.validate_on_submit():
        found = access.check(form.login.data, form.password.data)
        if found is not None and not isinstance(found, access.Wait):
            access.sign_in(found)
            return redirect(_onwards(), HTTPStatus.SEE_OTHER)
        refused = _refusal(found)
    elif form.is_submitted():
        refused = _("Fill in both login and password.")
    page = render_template("review/login.html", form=form, refused=refused)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK


@door.post("/logout")
@open_to_all
def logout():
    """End the session. Nothing on any phone is touched."""
    access.sign_out()
    return redirect(url_for("review.login"), HTTPStatus.SEE_OTHER)


def _refusal(wait: access.Wait | None) -> str:
    if wait is None:
        return _("Wrong login or password.")
    seconds = (wait.until - datetime.now(UTC)).total_seconds()
    minutes = max(1, ceil(seconds / 60))
    return ngettext(
        "Too many tries. Wait %(num)d minute.", "Too many tries. Wait %(num)d minutes.", minutes
    )


def _onwards() -> str:
    """Where the reader was going, if that is a page of this site; else their first room."""
    wanted = within(request.args.get("next"), "")
    if wanted:
        return wanted
    for room in ROOMS:
        if current_user.is_authenticated and may(room.verb):
            return url_for(room.endpoint)
    return url_for("public.home")
