"""What a coordinator decides: next week's focus and places, and who does what until when.

Knows no page.
"""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from fieldlog.measure.week import Week
from fieldlog.review import names
from fieldlog.review.forms import at_most, for_everybody
from fieldlog.store.weeks import decisions

WORDS = 280
WHEN = 40
MOST_VISITS = 50


class PlaceForm(Form):
    """One place of next week: with a number, or words of when, it is chosen."""

    code = HiddenField()
    visits = IntegerField(_("Visits"), [Optional(), NumberRange(1, MOST_VISITS)])
    when = StringField(_("When"), [Length(max=WHEN), for_everybody])

    @property
    def is_chosen(self) -> bool:
        return bool(self.visits.data or (self.when.data or "").strip())

    def validate_code(self, field) -> None:
        if self.is_chosen and field.data not in names.places():
            raise ValidationError(_("There is no such place. Empty its row to leave it out."))


class DecisionForm(FlaskForm):
    """The week's focus in words, and its places."""

    focus = TextAreaField(
        _("Focus"),
        [InputRequired(), at_most(WORDS), for_everybody],
    )
    places = FieldList(FormField(PlaceForm))

    def chosen(self) -> list[dict]:
        """The places that were given a number or a time, in their order."""
        told = [place.form.data for place in self.places if place.form.is_chosen]
        return [
            {"code": one["code"], "visits": one["visits"], "when": (one["when"] or "").strip()}
            for one in told
        ]


def blank(which: Week, figures: dict[str, Any]) -> DecisionForm:
    """The form with what was decided last, else with every place; what stands out comes first."""
    held = decisions.of(str(which + 1))
    chosen = {place["code"]: place for place in held.places} if held else {}
    over = [line["place"] for line in figures["events"]["places"] if line["alarm"]]
    places = [
        chosen.get(code, {"code": code, "visits": None, "when": ""})
        for code in dict.fromkeys([*chosen, *over, *names.places()])
        if code in names.places()
    ]
    return DecisionForm(formdata=None, data={"focus": held.focus if held else "", "places": places})


class ActionForm(FlaskForm):
    """Who does what until when, about which place or kind of event, and what became of it."""

    what = StringField(_("What"), [InputRequired(), Length(max=WORDS), for_everybody])
    owner = SelectField(_("Owner"))
    due = DateField(_("Due"), [InputRequired()])
    place = SelectField(_("Place"), filters=[lambda code: code or None])
    category = SelectField(_("Category"), filters=[lambda code: code or None])
    done = DateField(_("Done"), [Optional()])
    result = StringField(_("Result"), [Length(max=WORDS), for_everybody])
