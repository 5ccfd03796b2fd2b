"""What a supervisor fills in to review a record, ask about it, merge, share or comment it.

Knows no page; what each is for stands in sync/records/desk.py.
"""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from fieldlog.review.quarantine_forms import QUESTION, REASON, no_personal_number


def _text(label, most: int, said) -> TextAreaField:
    limit = Length(max=most, message=said)
    return TextAreaField(label, [DataRequired(), limit, no_personal_number])


class AsideForm(FlaskForm):
    """Why the record does not belong in the picture."""

    why = _text(_("Reason"), REASON, _("At most 280 signs."))


class QuestionForm(FlaskForm):
    """What its author is asked."""

    text = _text(_("Question"), QUESTION, _("At most 500 signs."))


class CommentForm(FlaskForm):
    """What a reader should know."""

    text = _text(_("Comment"), QUESTION, _("At most 500 signs."))


class ShareForm(FlaskForm):
    """Which organisation may see it, and on what ground."""

    to = RadioField(_("With"), [InputRequired()])
    why = _text(_("Reason"), REASON, _("At most 280 signs."))


class UndoForm(FlaskForm):
    """Why a merge or a share is taken back."""

    why = _text(_("Reason"), REASON, _("At most 280 signs."))


class UnshareForm(UndoForm):
    """Which organisation may see it no longer."""

    to = RadioField(_("No longer with"), [InputRequired()])


class MergeForm(FlaskForm):
    """Which record stands for both; the password, unless it was given a moment ago."""

    into = RadioField(_("Which record it is the double of"), [InputRequired()])
    password = PasswordField(_("Your password"), [Length(max=1024)])
