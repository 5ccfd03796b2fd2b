"""What a supervisor fills in to review a record, ask about it, merge, share or comment it.

Knows no page; what each is for stands in sync/records/desk.py.
"""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired

from fieldlog.review.forms import QUESTION, REASON, SureForm, text_field


class AsideForm(FlaskForm):
    """Why the record does not belong in the picture."""

    why = text_field(_("Reason"), REASON)


class QuestionForm(FlaskForm):
    """What its author is asked."""

    text = text_field(_("Question"), QUESTION)


class CommentForm(FlaskForm):
    """What a reader should know."""

    text = text_field(_("Comment"), QUESTION)


class ShareForm(FlaskForm):
    """Which organisation may see it, and on what ground."""

    to = RadioField(_("With"), [InputRequired()])
    why = text_field(_("Reason"), REASON)


class UndoForm(FlaskForm):
    """Why a merge or a share is taken back."""

    why = text_field(_("Reason"), REASON)


class UnshareForm(UndoForm):
    """Which organisation may see it no longer."""

    to = RadioField(_("No longer with"), [InputRequired()])


class MergeForm(SureForm):
    """Which record stands for both."""

    into = RadioField(_("Which record it is the double of"), [InputRequired()])
