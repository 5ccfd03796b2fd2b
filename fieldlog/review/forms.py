"""What the desk's forms have in common: texts that everybody may read, choices in words, the
reader's password, and what every new version says of itself. Knows no page.
"""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from fieldlog.access import stepup
from fieldlog.store import wording
from sync.digits import whole
from sync.messages import SEQ_MAX

REASON = 280
QUESTION = 500
NOT_SAVED = _("Nothing was saved. See what is marked.")
OVERTAKEN = _(
    "Somebody else has changed it since you opened it. Yours is still here, not saved: "
    "look at theirs in the list of versions, then save again."
)


def at_most(most: int) -> Length:
    """No longer than that."""
    return Length(max=most, message=_("At most %(max)d signs."))


def for_everybody(_form, field) -> None:
    """Phones, files and other organisations get the words: none may be what they can't have."""
    fault = wording.fault(field.data or "", lines=isinstance(field, TextAreaField))
    if fault:
        raise ValidationError(_(fault))


def text_field(label, most: int) -> TextAreaField:
    """A text that must be there."""
    return TextAreaField(label, [DataRequired(), at_most(most), for_everybody])


def choices(named: Mapping) -> list[SelectChoice]:
    """Every code with its name, to choose from."""
    return [SelectChoice(code, name) for code, name in named.items()]


class SureForm(FlaskForm):
    """For what is done only by who gave the password, now or a moment ago."""

    password = PasswordField(_("Your password"), [Length(max=1024)])

    def validate(self, extra_validators=None) -> bool:
        """The password is tried last: what is sent in vain costs no try."""
        if not super().validate(extra_validators):
            return False
        sure = stepup.is_sure(self.password.data or "")
        if not sure:
            self.password.errors = [_("Wrong password, or too many tries.")]
        return sure


class VersionForm(FlaskForm):
    """What every edit of a thing says of itself; `after` is how many versions its writer saw."""

    why = StringField(_("Why it changes"), [at_most(REASON), for_everybody])
    after = HiddenField()

    def seen(self) -> int:
        return whole(self.after.data or "", SEQ_MAX) or 0

    def because(self) -> str | None:
        return (self.why.data or "").strip() or None
