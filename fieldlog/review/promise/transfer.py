"""Promises out as JSON or CSV, and in from the same: what would change is shown first."""

import json
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_babel import ngettext
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from marshmallow import ValidationError
from wtforms import HiddenField

from fieldlog import config, problems
from fieldlog.access import audit
from fieldlog.access.guard import guard
from fieldlog.review.door import door
from fieldlog.review.promise import words
from fieldlog.review.promise.pages import may_edit, told
from fieldlog.store import bundles, promises
from fieldlog.store.database import writing
from fieldlog.store.promises import document, sheet
from fieldlog.store.promises.document import Change
from fieldlog.store.versions import Overtaken

WHATS = {
    document.NEW: later("new"),
    document.CHANGED: later("changed"),
    document.SAME: later("as before"),
    document.WRONG: later("can't be brought in"),
}


class FileForm(FlaskForm):
    """A file to look at; then its content, to bring in."""

    file = FileField(later("File"))
    content = HiddenField()


@door.route("/promise/import", methods=["GET", "POST"])
@guard("promise.edit")
def promise_import():
    """Choose a file; see what it would change; bring it in."""
    if config.current().role != "centre":
        raise problems.Refused(problems.NOT_FOUND)
    form, changes, fault = FileForm(), None, None
    if form.validate_on_submit():
        try:
            read = _read(form)
            form.content.data = json.dumps(read, ensure_ascii=False)
            if "bring" in request.form:
                return _bring(read)
            changes = document.changes(read, datetime.now(UTC).date())
        except (document.NoDocument, json.JSONDecodeError, UnicodeDecodeError) as bad:
            fault = str(bad)
        except document.Refused as refused:
            changes = refused.changes
        except Overtaken:
            fault = _("Somebody else changed something meanwhile. Look at the file again.")
    page = render_template(
        "review/promise/import.html",
        words=words,
        told=told,
        form=form,
        changes=changes,
        whats=WHATS,
        why=why,
        fault=fault,
        counts={what: sum(one.what == what for one in changes or ()) for what in WHATS},
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK


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
            fields = ", ".join(str(words.FIELDS.get(name, name)) for name in messages)
            return _("This can't be so: %(fields)s.", fields=fields)
    return ""


def _read(form: FileForm) -> dict:
    if form.file.data:
        text = form.file.data.read().decode("utf-8-sig")
        name = form.file.data.filename or ""
        return sheet.read(text) if name.lower().endswith(".csv") else json.loads(text)
    return json.loads(form.content.data or "")


def _bring(read: dict):
    with writing():
        done = document.bring(read, datetime.now(UTC), by=current_user.id)
        changed = sum(one.what in (document.NEW, document.CHANGED) for one in done)
        audit.told("promise.edit", detail={"brought in": changed})
    bundles.forget()
    flash(ngettext("%(num)d thing brought in.", "%(num)d things brought in.", changed))
    return redirect(url_for("review.promise"), HTTPStatus.SEE_OTHER)


def _file(text: str, mimetype: str, name: str) -> Response:
    audit.told("promise.export", detail={"file": name})
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype=mimetype, headers=headers)
