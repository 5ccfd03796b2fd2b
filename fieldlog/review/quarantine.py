"""Quarantine: what was taken in but needs a look, why in plain words, and letting it go again.

A release is a record of its own in this store's log: a rebuild forgets nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from fieldlog import problems
from fieldlog.access import sight
from fieldlog.access.guard import guard
from fieldlog.review import labels, names
from fieldlog.review.door import door
from fieldlog.store import logs, people, quarantine_list

PAGE = 25
SHOWN = 2000
REASON = 280


class ReleaseForm(FlaskForm):
    """Why an entry is let go."""

    why = TextAreaField(
        later("Reason"), [InputRequired(), Length(max=REASON, message=later("At most 280 signs."))]
    )


@dataclass(frozen=True)
class Held:
    """One entry in words. `raw` is its bytes made safe to look at; None when they are gone."""

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


@door.get("/quarantine")
@guard("quarantine.read")
def quarantine():
    """What stands in quarantine, newest first."""
    return _page(HTTPStatus.OK)


@door.post("/quarantine/<int:entry>/release")
@guard("quarantine.release")
def release(entry: int):
    """Let the entry go, with a reason that is kept."""
    held = quarantine_list.one(entry, sight.device_orgs(current_user))
    if held is None:
        raise problems.Refused(problems.NOT_FOUND)
    form = ReleaseForm()
    if not form.validate_on_submit():
        return _page(HTTPStatus.UNPROCESSABLE_ENTITY, form, entry)
    logs.write("release", _release(held, form.why.data), people.by_id(current_user.id))
    flash(_("Released. The reason is kept in this store's own log."))
    return redirect(url_for("review.quarantine"), HTTPStatus.SEE_OTHER)


def readable(payload: bytes) -> tuple[str, bool]:
    """Bytes as text to look at, and whether they were cut: no sign in it can act or hide."""
    text = payload.decode("utf-8", "backslashreplace")
    shown = "".join(sign if sign.isprintable() else _escaped(sign) for sign in text[:SHOWN])
    return shown, len(text) > SHOWN


def _page(status: int, form: ReleaseForm | None = None, failed: int | None = None):
    after = request.args.get("after", type=int)
    found = quarantine_list.page(sight.device_orgs(current_user), after=after, limit=PAGE + 1)
    page = render_template(
        "review/quarantine.html",
        held=[_held(row) for row in found[:PAGE]],
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        form=form or ReleaseForm(),
        failed=failed,
    )
    return page, status


def _held(row) -> Held:
    raw, cut = readable(row.payload) if row.payload is not None else (None, False)
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
