"""Bringing in a rescue file: anyone may have carried it here, this page gives it to the centre.

What is in it is shown as counts only: the records themselves are where all others are, for those
who may see them.
"""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as later
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from fieldlog import problems
from fieldlog.access import audit, limits, sight
from fieldlog.access.guard import guard
from fieldlog.problems import Problem
from fieldlog.review import names
from fieldlog.review.door import door
from fieldlog.store import rescues
from sync import rescue as files

ROOM = 64 * 1024  # bytes of a form beside its file
# What became of a log where something is to be said of it.
REMARKS = {
    "fork": later("kept beside what was here: the log had split"),
    "not_yours": later("belongs to another phone: it stays in the file, which is kept"),
    "head_mismatch": later("does not hold together: it stays in the file, which is kept"),
    "too_large": later("holds an entry that is too large: it stays in the file, which is kept"),
    "gap": later("something is missing before it: it stays in the file, which is kept"),
}


class RescueForm(FlaskForm):
    """The file that the phone saved."""

    file = FileField(
        later("The file"), [FileRequired(message=later("Choose the file that the phone saved."))]
    )


@door.url_value_preprocessor
def make_room(endpoint: str | None, _values: dict | None) -> None:
    """Before anything reads the form: this one may hold a whole file."""
    if endpoint == "review.bring_rescue":
        request.max_content_length = files.RESCUE_MAX + ROOM


@door.get("/rescue")
@guard("rescue.bring")
def rescue():
    """Where to choose the file."""
    return render_template("review/rescue.html", form=RescueForm(formdata=None), problem=None)


@door.post("/rescue")
@guard("rescue.bring")
@limits.limiter.limit(f"{limits.RESCUES_AN_HOUR}/hour")
def bring_rescue():
    """Take all that is in it; what was wrong with it is said on the same page."""
    form = RescueForm()
    if not form.validate_on_submit():
        return _again(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    content = form.file.data.read(files.RESCUE_MAX + 1)
    if len(content) > files.RESCUE_MAX:
        return _again(form, problems.TOO_LARGE.status, problems.TOO_LARGE)
    try:
        told = rescues.take(content, current_user.id, datetime.now(UTC))
        audit.told("rescue.bring", detail={"sha256": told["sha256"]})
    except files.Unfit as fault:
        problem = problems.RESCUE[fault.code]
        return _again(form, problem.status, problem)
    return redirect(url_for("review.rescued", sha256=told["sha256"]), HTTPStatus.SEE_OTHER)


@door.get("/rescue/<sha256>")
@guard("rescue.bring")
def rescued(sha256: str):
    """What became of a file that the reader brought, or that came from a phone of hers."""
    row = rescues.of(sha256) if _is_hash(sha256) else None
    mine = row is not None and (row.carrier == current_user.id or _is_ours(row.device))
    if not mine or row.state != "taken":
        raise problems.Refused(problems.NOT_FOUND)
    told = row.told
    return render_template(
        "review/rescued.html",
        told=told,
        phone=names.device(row.device) if _is_ours(row.device) else None,
        settled_at=row.settled_at,
        ours=_is_ours(row.device),
        remarks=REMARKS,
        total={
            name: sum(log[name] for log in told["logs"]) for name in ("new", "known", "quarantined")
        },
    )


def _again(form: RescueForm, status: int, problem: Problem | None = None):
    return render_template("review/rescue.html", form=form, problem=problem), status


def _is_ours(device: str) -> bool:
    known = names.devices().get(device)
    return known is not None and known.org in sight.device_orgs(current_user)


def _is_hash(text: str) -> bool:
    return len(text) == 64 and all(sign in "0123456789abcdef" for sign in text)
