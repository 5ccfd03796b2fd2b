"""Takes the log out as a file: asked for with a form, behind the password, limited and logged."""

from collections.abc import Iterator
from http import HTTPStatus

from flask import Response, render_template, request, stream_with_context
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import AnyOf, Length

from fieldlog.access import audit, limits, sight, stepup
from fieldlog.access.guard import guard
from fieldlog.review import filters
from fieldlog.review.door import door
from fieldlog.review.exports import csvfile, geojson, gpx, xlsx
from fieldlog.review.exports.about import about
from fieldlog.store import listing

KINDS = {writer.ENDING: writer for writer in (csvfile, xlsx, geojson, gpx)}
MOST = 250_000
PIECE = 64 * 1024


class PasswordForm(FlaskForm):
    """The password, unless it was given a moment ago."""

    password = PasswordField(validators=[Length(max=1024)])


class ExportForm(PasswordForm):
    """Which kind of file, too."""

    kind = StringField(validators=[AnyOf(KINDS)])


@door.post(f"{filters.LOG}/export")
@guard("log.export")
@limits.limiter.limit(limits.EXPORTS, key_func=limits.account)
def export():
    """All that the log shows under the filters of the address."""
    orgs, form = sight.orgs(current_user), ExportForm()
    wanted = filters.read(request.args, orgs)
    records = listing.count(wanted, most=MOST + 1)
    if records > MOST:
        return _again(_("That is more than %(n)d records. Choose a shorter time.", n=MOST))
    if not form.validate_on_submit():
        return _again(_("Choose what kind of file."))
    refused = refusal(form)
    if refused:
        return _again(refused)
    kind = form.kind.data
    told = filters.told(request.args) | {"as": kind, "records": records}
    audit.told("log.export", detail=told)
    writer, asked = KINDS[kind], about(request.args, orgs, records)
    pieces = _gathered(writer.write(listing.every(wanted), asked))
    answer = Response(stream_with_context(pieces), mimetype=writer.MIMETYPE)
    return attached(answer, asked.file_name(writer.ENDING))


def refusal(form: PasswordForm) -> str | None:
    """Why nothing is handed out to who sent this form; None when something may be."""
    if not stepup.is_needed():
        return None
    if not form.password.data:
        return _("Your password is needed before anything leaves the house.")
    sure = stepup.give(form.password.data) is True
    return None if sure else _("Wrong password, or too many tries.")


def attached(answer: Response, name: str) -> Response:
    """The answer as a file to keep, called so."""
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same in larger pieces: each costs a write to the line."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def _again(refused: str):
    page = render_template(
        "review/export.html",
        refused=refused,
        sure=stepup.is_needed(),
        asked=filters.kept(request.args),
        back=filters.address(request.args),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY
