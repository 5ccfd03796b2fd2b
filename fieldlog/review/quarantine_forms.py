"""What a supervisor may write about an entry in quarantine, and the question each reason suggests.

Knows no page.
"""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from fieldlog.review.forms import QUESTION, REASON, text_field

# What its author can put right. For the others no answer of the author's would change anything.
QUESTIONS = {
    "invalid": _("Something is missing in this record. Can you fill it in again?"),
    "unknown_place": _("We do not know this place. Which place was it?"),
    "unknown_category": _("We do not know this kind of event. What was it?"),
    "personal_data": _("There is a personal number in the text. Please take it out."),
    "not_allowed": _("Was it you who wrote this, and on this phone?"),
}


class ReleaseForm(FlaskForm):
    """Why an entry is let go."""

    why = text_field(_("Reason"), REASON)


class ReturnForm(FlaskForm):
    """What the author is asked."""

    text = text_field(_("Question"), QUESTION)
