"""Quarantine: what was taken in but needs a look, why in plain words, and the two ways out.

Releasing it, and asking its author, are records in this store's log: a rebuild forgets nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from fieldlog import problems
from fieldlog.access import audit, sight
from fieldlog.access.guard import guard
from fieldlog.review import address, labels, names
from fieldlog.review.door import door
from fieldlog.review.quarantine_forms import QUESTIONS, ReleaseForm, ReturnForm
from fieldlog.store import bundles, logs, people, quarantine_list, returned
from fieldlog.store.database import writing
from fieldlog.store.returned import Returned

ONE = f"/quarantine/<int(max={address.LARGEST}):entry>"
PAGE = 25
SHOWN = 2000


@dataclass(frozen=True)
class Held:
    """One entry in words. `raw` is its bytes made safe to look at; None when they are gone.

    `question` is what its author may be asked, None where that would change nothing; `asked` is
    what was asked last.
    """

    id: int
    device: str
    seq: int
    reason: str
    advice: str
    message: str
    since: datetime
    kind: str
    rid: str | None
    raw: str | None
    cut: bool
    question: str | None
    asked: Returned | None


@door.get("/quarantine")
@guard("quarantine.read")
def quarantine():
    """What stands in quarantine, newest first."""
    return _page(HTTPStatus.OK)


@door.post(f"{ONE}/release")
@guard("quarantine.release")
def release(entry: int):
    """Let the entry go, with a reason that is kept."""
    held = _mine(entry)
    form = ReleaseForm()
    if not form.validate_on_submit():
        return _page(HTTPStatus.UNPROCESSABLE_ENTITY, form, entry)
    with writing():
        logs.write("release", _release(held, form.why.data), people.by_id(current_user.id))
        audit.told("quarantine.release", str(entry), owner=held.org)
    bundles.forget()
    flash(_("Released. The reason is kept in this store's own log."))
    return redirect(url_for("review.quarantine"), HTTPStatus.SEE_OTHER)


@door.post(f"{ONE}/return")
@guard("quarantine.return")
def send_back(entry: int):
    """Ask its author, who finds the question on the phone; the entry stays where it is."""
    held = _mine(entry)
    if held.code not in QUESTIONS or quarantine_list.about(held) is None:
        raise problems.Refused(problems.NOT_FOUND)
    form = ReturnForm()
    if not form.validate_on_submit():
        return _page(HTTPStatus.UNPROCESSABLE_ENTITY, form, entry)
    ref = str(UUID(bytes=quarantine_list.about(held)))
    body = {"ref": ref, "text": form.text.data.strip()}
    with writing():
        logs.write("return", body, people.by_id(current_user.id))
        audit.told("quarantine.return", str(entry), owner=held.org)
    bundles.forget()
    flash(_("Sent back. Its author sees the question on the phone when it is next heard."))
    return redirect(url_for("review.quarantine"), HTTPStatus.SEE_OTHER)


def readable(payload: bytes) -> tuple[str, bool]:
    """Bytes as text to look at, and whether they were cut: no sign in it can act or hide."""
    text = payload.decode("utf-8", "backslashreplace")
    shown = "".join(sign if sign.isprintable() else _escaped(sign) for sign in text[:SHOWN])
    return shown, len(text) > SHOWN


def _mine(entry: int):
    held = quarantine_list.one(entry, sight.device_orgs(current_user))
    if held is None:
        raise problems.Refused(problems.NOT_FOUND)
    return held


def _page(status: int, form: FlaskForm | None = None, failed: int | None = None):
    after = request.args.get("after", type=address.number)
    show = request.args.get("show", "open")
    show = show if show in quarantine_list.SHOWN else "open"
    orgs = sight.device_orgs(current_user)
    if failed is None:
        found = quarantine_list.page(orgs, show=show, after=after, limit=PAGE + 1)
    else:
        found = [_mine(failed)]  # what was being answered, whichever list it is on
    audit.told("quarantine.read", detail={"show": show, "entries": len(found[:PAGE])})
    asked = returned.of(filter(None, map(quarantine_list.about, found)))
    page = render_template(
        "review/quarantine.html",
        held=[_held(row, asked.get(quarantine_list.about(row))) for row in found[:PAGE]],
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        show=show,
        lists=labels.QUARANTINE_LISTS,
        counts=quarantine_list.counts(orgs),
        release_form=form if isinstance(form, ReleaseForm) else ReleaseForm(formdata=None),
        return_form=form if isinstance(form, ReturnForm) else ReturnForm(formdata=None),
        failed=failed,
    )
    return page, status


def _held(row, asked: Returned | None) -> Held:
    raw, cut = readable(row.payload) if row.payload is not None else (None, False)
    question = QUESTIONS.get(row.code) if quarantine_list.about(row) else None
    return Held(
        id=row.id,
        device=names.device(row.device),
        seq=row.seq,
        reason=labels.of(labels.REASONS, row.code),
        advice=str(labels.ADVICE.get(row.code, "")),
        message=row.message,
        since=row.since,
        kind=labels.of(labels.TYPES, row.type) if row.type else "",
        rid=row.rid.hex() if row.rid and row.type in ("visit", "event") else None,
        raw=raw,
        cut=cut,
        question=None if question is None else str(question),
        asked=asked,
    )


def _release(held, why: str) -> dict:
    """The body of a release: exactly which bytes are let go, and why."""
    return {
        "ref": str(UUID(bytes=held.rid)) if held.rid else None,
        "log": held.log,
        "seq": held.seq,
        "sha256": held.digest.hex(),
        "why": why.strip(),
    }


def _escaped(sign: str) -> str:
    return "\n" if sign == "\n" else sign.encode("unicode_escape").decode()
