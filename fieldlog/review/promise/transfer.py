"""Promises out as JSON or CSV, and in from the same: what would change is shown first."""

import json
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from marshmallow import ValidationError

from fieldlog import config, problems
from fieldlog.access import audit
from fieldlog.access.guard import guard
from fieldlog.review import bringing, labels
from fieldlog.review.door import door
from fieldlog.review.exports.page import attached
from fieldlog.review.promise import words
from fieldlog.review.promise.pages import may_edit, told
from fieldlog.store import bundles, changes, promises, wording
from fieldlog.store.changes import Change
from fieldlog.store.database import writing
from fieldlog.store.promises import document, sheet


@door.route("/promise/import", methods=["GET", "POST"])
@guard("promise.edit")
def promise_import():
    """Choose a file; see what it would change; bring it in."""
    if config.current().role != "centre":
        raise problems.Refused(problems.NOT_FOUND)
    return bringing.answer(
        "review/promise/import.html", _read, _changes, _bring, words=words, told=told, why=why
    )


@door.get("/promise/export.json")
@guard("promise.read")
def promise_export():
    """Everything as it was last written, in the shape that import takes; drafts for who edits."""
    text = json.dumps(document.told(drafts=may_edit()), ensure_ascii=False, indent=1)
    return _file(text, "application/json", "promise.json")


@door.get("/promise/<kind>.csv")
@guard("promise.read")
def promise_table(kind: str):
    """Commitments or sources as a table."""
    if kind not in sheet.SHEETS:
        raise problems.Refused(problems.NOT_FOUND)
    return _file(sheet.written(kind, drafts=may_edit()), "text/csv", f"{document.LISTS[kind]}.csv")


def why(change: Change) -> str:
    """Why an item can't be brought in."""
    match change.fault:
        case promises.NotReady(missing=missing):
            return _("It lacks: %(lacks)s.", lacks=words.missing(missing))
        case promises.Unknown(names=names):
            return _("It names what is not known: %(names)s.", names=", ".join(names))
        case promises.TooLate():
            return _("What was published changes from this week's Monday at most.")
        case ValidationError(messages=messages):
            fields = (labels.of(words.FIELDS, name) for name in messages)
            ours = {one for said in messages.values() for one in said} & wording.FAULTS
            return bringing.unfit(fields, ours)
    return ""


def _read(text: str, name: str) -> dict:
    return sheet.read(text) if name.lower().endswith(".csv") else changes.parsed(text)


def _changes(read: dict) -> list[Change]:
    return document.changes(read, datetime.now(UTC).date())


def _bring(read: dict) -> Response:
    with writing():
        done = document.bring(read, datetime.now(UTC), by=current_user.id)
        number = changes.made(done)
        audit.told("promise.edit", detail={"brought in": number})
    bundles.forget()
    flash(ngettext("%(num)d thing brought in.", "%(num)d things brought in.", number))
    return redirect(url_for("review.promise"), HTTPStatus.SEE_OTHER)


def _file(text: str, mimetype: str, name: str) -> Response:
    audit.told("promise.export", detail={"file": name})
    return attached(Response(text, mimetype=mimetype), name)
