"""What a supervisor does with a record: reviews it, asks its author, merges, shares, comments.

Each is a record in this store's own log and a row of the audit log, in one transaction. Nothing
is changed by it: the history shows it, and a rebuild knows it.
"""

from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldlog import problems
from fieldlog.access import audit, sight
from fieldlog.access.guard import guard
from fieldlog.access.onwards import within
from fieldlog.review import acts_forms as forms
from fieldlog.review import address, doubles, filters, labels, names
from fieldlog.review.door import door
from fieldlog.review.record import page
from fieldlog.store import bundles, logs, merges, people
from fieldlog.store import record as store
from fieldlog.store.database import writing

STATES = ("reviewed", "in_picture", "set_aside")
MANY = 100  # records of one page of the log


@door.post("/records/<rid>/review")
@guard("record.review")
def review(rid: str):
    """Reviewed, in the picture, or set aside with a reason."""
    history, state = _mine(rid), request.form.get("state")
    if state not in STATES:
        raise problems.Refused(problems.BAD_REQUEST)
    form = forms.AsideForm()
    if state == "set_aside" and not form.validate_on_submit():
        return _again(history, "set_aside", form)
    why = form.why.data.strip() if state == "set_aside" else None
    _write("review", history.row, {"state": state, "why": why}, state=state)
    return _done(history, _("Noted: %(state)s.", state=labels.of(labels.REVIEWS, state)))


@door.post("/records/<rid>/return")
@guard("record.return")
def ask_author(rid: str):
    """A question to its author, who finds it on the phone."""
    history, form = _mine(rid), forms.QuestionForm()
    if not form.validate_on_submit():
        return _again(history, "return", form)
    _write("return", history.row, {"text": form.text.data.strip()})
    said = _("Sent back. Its author sees the question on the phone when it is next heard.")
    return _done(history, said)


@door.post("/records/<rid>/comment")
@guard("record.comment")
def comment(rid: str):
    """A word for whoever reads the record."""
    history, form = _mine(rid), forms.CommentForm()
    if not form.validate_on_submit():
        return _again(history, "comment", form)
    _write("comment", history.row, {"text": form.text.data.strip()})
    return _done(history, _("The comment stands in the history."))


@door.post("/records/<rid>/share")
@guard("record.share")
def share(rid: str):
    """Show it to another organisation: the record as it stands, without note, author and point."""
    history, form = _mine(rid), forms.ShareForm()
    form.to.choices = names.others(history.row.org)
    if not form.validate_on_submit():
        return _again(history, "share", form)
    body = {"with": form.to.data, "why": form.why.data.strip()}
    _write("share", history.row, body, **{"with": form.to.data})
    return _done(history, _("Shared with %(org)s.", org=names.organisation(form.to.data)))


@door.post("/records/<rid>/merge")
@guard("record.merge")
def merge(rid: str):
    """Two records of one and the same: this one is kept as the double of the other."""
    history, form = _mine(rid), forms.MergeForm()
    form.into.choices = _near(history)
    if not form.validate_on_submit():
        return _again(history, "merge", form)
    into = UUID(hex=form.into.data)
    with writing():
        if can_stand := merges.can_stand(into.bytes):
            _write("merge", history.row, {"into": str(into)}, into=into.hex)
    if not can_stand:
        form.into.choices = _near(history)
        said = _("Somebody has just made that record a double itself. Look again which one stands.")
        form.into.errors = [said]
        return _again(history, "merge", form)
    return _done(history, _("Merged. Both are kept; the list says which one stands for both."))


@door.post("/records/<rid>/merge/undo")
@guard("record.merge")
def unmerge(rid: str):
    """It is no double after all, and counts by itself again."""
    history, form = _mine(rid), forms.UndoForm()
    if history.row.merged_into is None:
        raise problems.Refused(problems.NOT_FOUND)
    if not form.validate_on_submit():
        return _again(history, "unmerge", form)
    _write("merge", history.row, {"into": None, "why": form.why.data.strip()}, into=None)
    return _done(history, _("It stands for itself again. The history keeps both."))


@door.post("/records/<rid>/share/undo")
@guard("record.share")
def unshare(rid: str):
    """Show it no longer to an organisation that could see it."""
    history, form = _mine(rid), forms.UnshareForm()
    form.to.choices = names.shown_to(history.row)
    if not form.validate_on_submit():
        return _again(history, "unshare", form)
    body = {"with": form.to.data, "why": form.why.data.strip(), "ends": True}
    _write("share", history.row, body, **{"with": form.to.data, "ends": True})
    said = _("No longer shared with %(org)s.", org=names.organisation(form.to.data))
    return _done(history, said)


@door.post(f"{filters.LOG}/review")
@guard("record.review")
def review_many():
    """The same word for all that are ticked on a page of the log."""
    state = request.form.get("state")
    if state not in ("reviewed", "in_picture"):
        raise problems.Refused(problems.BAD_REQUEST)
    chosen = [_mine(rid).row for rid in request.form.getlist("rid")[:MANY]]
    with writing():
        for row in chosen:
            _write("review", row, {"state": state, "why": None}, state=state)
    if chosen:
        flash(
            ngettext(
                "%(num)d record: %(state)s.",
                "%(num)d records: %(state)s.",
                len(chosen),
                state=labels.of(labels.REVIEWS, state),
            )
        )
    return redirect(within(request.form.get("next"), filters.LOG), HTTPStatus.SEE_OTHER)


def _near(history: store.History) -> list[tuple[str, str]]:
    return [(one.rid, one.what) for one in doubles.near(history, sight.orgs(current_user))]


def _mine(rid: str) -> store.History:
    history = store.history(address.rid(rid), sight.orgs(current_user))
    if history is None:
        raise problems.Refused(problems.NOT_FOUND)
    return history


def _write(t: str, row, body: dict, **detail) -> None:
    with writing():
        told = {"ref": str(UUID(bytes=row.rid)), **body}
        logs.write(t, told, people.by_id(current_user.id))
        audit.of_record(f"record.{t}", row, **detail)
    bundles.forget()  # what counts may be another


def _done(history: store.History, said: str):
    flash(said)
    return redirect(url_for("review.record", rid=history.row.rid.hex()), HTTPStatus.SEE_OTHER)


def _again(history: store.History, do: str, form):
    return page(history, do, form), HTTPStatus.UNPROCESSABLE_ENTITY
