"""What a supervisor may write about an entry in quarantine, and the question each reason suggests.

Knows no page.
"""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from sync import brake

REASON = 280
QUESTION = 500
# What its author can put right. For the others no answer of the author's would change anything.
QUESTIONS = {
    "invalid": _("Something is missing in this record. Can you fill it in again?"),
    "unknown_place": _("We do not know this place. Which place was it?"),
    "unknown_category": _("We do not know this kind of event. What was it?"),
    "personal_data": _("There is a personal number in the text. Please take it out."),
    "not_allowed": _("Was it you who wrote this, and on this phone?"),
}


def no_personal_number(_form, field) -> None:
    """Else the words themselves would be put into quarantine."""
    if brake.stops(field.data or ""):
        raise ValidationError(_("There is a personal number in the text."))


class ReleaseForm(FlaskForm):
    """Why an entry is let go."""

    why = TextAreaField(
        _("Reason"),
        [
            DataRequired(),
            Length(max=REASON, message=_("At most 280 signs.")),
            no_personal_number,
        ],
    )


class ReturnForm(FlaskForm):
    """What the author is asked."""

    text = TextAreaField(
        _("Question"),
        [
            DataRequired(),
            Length(max=QUESTION, message=_("At most 500 signs.")),
            no_personal_number,
        ],
    )
