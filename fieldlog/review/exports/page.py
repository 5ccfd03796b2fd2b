"""Takes the log out as a file: asked for with a form, behind the password, limited and logged."""

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
from fieldlog.review.exports import csvfile
from fieldlog.review.exports.about import about
from fieldlog.store import listing

KINDS = {"csv": csvfile}
MOST = 250_000


class ExportForm(FlaskForm):
    """Which kind of file; the password, unless it was given a moment ago."""

    kind = StringField(validators=[AnyOf(KINDS)])
    password = PasswordField(validators=[Length(max=1024)])


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
    if stepup.is_needed() and stepup.give(form.password.data or "") is not True:
        return _again(
            _("Wrong password, or too many tries.")
            if form.password.data
            else _("Your password is needed before records leave the house.")
        )
    kind = form.kind.data
    told = filters.told(request.args) | {"as": kind, "records": records}
    audit.told("log.export", detail=told)
    writer, asked = KINDS[kind], about(request.args, orgs, records)
    return _file(writer, writer.write(listing.every(wanted), asked), asked)


def _file(writer, pieces, asked) -> Response:
    answer = Response(stream_with_context(pieces), mimetype=writer.MIMETYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=asked.file_name(writer.ENDING))
    return answer


def _again(refused: str):
    page = render_template(
        "review/export.html",
        refused=refused,
        sure=stepup.is_needed(),
        asked=filters.kept(request.args),
        back=filters.address(request.args),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY
