"""The page on which a file is brought in: chosen, looked at, and only then brought in whole.

Knows no kind of thing and no kind of file.
"""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus

from flask import Response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField

from fieldlog.store import changes, wording
from fieldlog.store.changes import Change
from fieldlog.store.place_versions import Taken
from fieldlog.store.versions import Overtaken

WHATS = {
    changes.NEW: later("new"),
    changes.CHANGED: later("changed"),
    changes.SAME: later("as before"),
    changes.WRONG: later("can't be brought in"),
}


class FileForm(FlaskForm):
    """A file to look at; then its content, to bring in."""

    file = FileField(later("File"))
    content = HiddenField()

    def sent(self) -> tuple[str, str]:
        """The text, and the name of the file it stood in; none when it comes from the page."""
        if not self.file.data:
            return self.content.data or "", ""
        return self.file.data.read().decode("utf-8-sig"), self.file.data.filename or ""


def answer(
    template: str,
    read: Callable[[str, str], dict],
    look: Callable[[dict], list[Change]],
    bring: Callable[[dict], Response],
    **words,
):
    """The page, with what the file would change once there is one; or what `bring` answers.

    `read` makes a document of a text and the name of its file; `words` are the template's.
    """
    form, found, fault, detail = FileForm(), None, None, None
    if form.validate_on_submit():
        try:
            document = read(*form.sent())
            form.content.data = json.dumps(document, ensure_ascii=False)
            if "bring" in request.form:
                return bring(document)
            found = look(document)
        except UnicodeDecodeError:
            fault = _("The file is no text in UTF-8. Save it as such where it was made.")
        except changes.NoDocument as bad:
            fault = " ".join([_("The file can't be read."), _(bad.sentence, about=bad.about)])
            detail = bad.detail
        except changes.Refused as refused:
            found = refused.changes
        except (Overtaken, Taken):
            fault = _("Somebody else changed something meanwhile. Look at the file again.")
    page = render_template(
        template,
        form=form,
        changes=found,
        counts=changes.count(found or []),
        whats=WHATS,
        shown=wording.shown,
        fault=fault,
        detail=detail,
        **words,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK


def unfit(fields: Iterable[str], faults: Iterable[str]) -> str:
    """Which fields of a thing can't be so, and what of `wording` is wrong with their texts."""
    said = _("This can't be so: %(fields)s.", fields=", ".join(fields))
    return " ".join([said, *map(_, sorted(faults))])
