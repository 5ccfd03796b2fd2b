"""The forms that write a version of a thing, one a kind. What they let through is judged once more
by the one definition in `fieldlog.store.promises.things`; knows no page.
"""

from datetime import date, time

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    URLField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from fieldlog.review.forms import VersionForm, at_most, choices, for_everybody
from fieldlog.review.promise.words import FIELDS, FORMS
from fieldlog.store.promises import things

DAYS = [SelectChoice(number, "") for number in range(1, 8)]
# What the forms call otherwise than the definition does: `from` can be no name in Python.
KEYS = {"begins": "from", "ends": "to"}


class Several(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WindowForm(Form):
    """One window; a row left empty is none."""

    weekdays = Several(_("Days"), coerce=int, choices=DAYS)
    starts = TimeField(_("Begins"), [Optional()])
    to = TimeField(_("Ends"), [Optional()])

    @property
    def is_empty(self) -> bool:
        return not (self.weekdays.data or self.starts.data or self.to.data)

    def validate_weekdays(self, _field) -> None:
        said = (self.weekdays.data, self.starts.data is not None, self.to.data is not None)
        if any(said) and not all(said):
            raise ValidationError(_("Choose days, and both times."))


def _number(name: str, most: int) -> IntegerField:
    wrong = _("A whole number from 1 to %(most)d.", most=most)
    return IntegerField(FIELDS[name], [Optional(), NumberRange(1, most, message=wrong)])


def _line(name: str, most: int = things.TITLE) -> StringField:
    return StringField(FIELDS[name], [at_most(most), for_everybody])


def _area(name: str) -> TextAreaField:
    return TextAreaField(FIELDS[name], [at_most(things.WORDS), for_everybody])


def _day(name: str) -> DateField:
    return DateField(FIELDS[name], [Optional()])


class ThingForm(VersionForm):
    """What every thing has. `order`: the fields as they are shown."""

    order = ("title", "title_en", "text", "text_en", "sources")
    title = StringField(
        FIELDS["title"],
        [InputRequired(message=_("Give it a title.")), at_most(things.TITLE), for_everybody],
    )
    title_en = _line("title_en")
    text = _area("text")
    text_en = _area("text_en")
    sources = Several(FIELDS["sources"])
    since = DateField(FIELDS["since"], [Optional()])

    def said(self) -> dict:
        """What is filled in, in the shape of a body."""
        return {KEYS.get(name, name): _plain(self[name]) for name in self.order if name in self}


class AgreementForm(ThingForm):
    order = ("title", "title_en", "text", "text_en", "parties", "begins", "ends", "sources")
    parties = _line("parties")
    begins = _day("from")
    ends = _day("to")

    def said(self) -> dict:
        parties = [one.strip() for one in (self.parties.data or "").split(",")]
        return super().said() | {"parties": [one for one in parties if one]}


class PromiseForm(ThingForm):
    order = (
        "agreement", "title", "title_en", "text", "text_en", "begins", "ends", "follow_up",
        "sources",
    )  # fmt: skip
    agreement = SelectField(FIELDS["agreement"], default="")
    begins = _day("from")
    ends = _day("to")
    follow_up = _day("follow_up")


class FocusForm(ThingForm):
    order = ("promise", *ThingForm.order)
    promise = SelectField(FIELDS["promise"], default="")


class CommitmentForm(ThingForm):
    """What both forms of commitment have."""

    focus = SelectField(FIELDS["focus"], default="")
    owner = SelectField(FIELDS["owner"], default="")
    begins = _day("from")
    ends = _day("to")
    follow_up = _day("follow_up")


class PresenceForm(CommitmentForm):
    order = (
        "focus", "title", "title_en", "owner", "joint", "places", "visits", "minutes_per_visit",
        "minutes", "windows", "callouts", "begins", "ends", "follow_up", "text", "text_en",
        "sources",
    )  # fmt: skip
    joint = BooleanField(FIELDS["joint"])
    places = Several(FIELDS["places"])
    visits = _number("visits", 500)
    minutes_per_visit = _number("minutes_per_visit", 1_440)
    minutes = _number("minutes", 10_080)
    windows = FieldList(FormField(WindowForm), FIELDS["windows"], max_entries=things.MOST)
    callouts = BooleanField(FIELDS["callouts"])

    def said(self) -> dict:
        return super().said() | {"form": "presence"}


class CountForm(CommitmentForm):
    order = (
        "focus", "title", "title_en", "owner", "count", "unit", "unit_en", "begins", "ends",
        "follow_up", "text", "text_en", "sources",
    )  # fmt: skip
    count = _number("count", 10_000)
    unit = _line("unit", 80)
    unit_en = _line("unit_en", 80)

    def said(self) -> dict:
        return super().said() | {"form": "count"}


class SourceForm(ThingForm):
    order = ("form", "title", "title_en", "text", "text_en", "day", "publisher", "address",
             "places")  # fmt: skip
    form = SelectField(
        FIELDS["form"],
        choices=choices({one: FORMS[one] for one in ("dialogue", "walk", "survey", "publication")}),
    )
    day = _day("day")
    publisher = _line("publisher")
    address = URLField(FIELDS["address"], [at_most(things.ADDRESS)])
    places = Several(FIELDS["places"])


FORMS_OF = {
    "agreement": AgreementForm,
    "promise": PromiseForm,
    "focus": FocusForm,
    "presence": PresenceForm,
    "count": CountForm,
    "source": SourceForm,
}


def _plain(field: Field):
    """A field's value as JSON has it; None for nothing."""
    match field.data:
        case date() as day:
            return day.isoformat()
        case str() as words:
            return words.strip() or None
        case list() if isinstance(field, FieldList):
            return [_window(row.form) for row in field if not row.form.is_empty]
    return field.data


def _window(row: WindowForm) -> dict:
    def clock(at: time) -> str:
        return f"{at:%H:%M}"

    return {
        "weekdays": sorted(row.weekdays.data),
        "from": clock(row.starts.data),
        "to": clock(row.to.data),
    }
