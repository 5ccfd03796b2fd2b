"""The form that writes a version of a place. Knows no page."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, ValidationError

from fieldlog.review import names
from fieldlog.review.forms import VersionForm, at_most, choices, for_everybody
from fieldlog.review.places import position
from fieldlog.store import place_versions
from fieldlog.store.place_files import NAME_MAX, RADII
from fieldlog.store.places import RADIUS_M

# What the municipality's dialogues have named; a store may have other kinds too.
KINDS = (
    "stationsområde", "centrumområde", "ungdomsmiljö", "skolgård", "park", "gångtunnel",
    "parkering", "bostadsgård", "kollektivtrafik", "annat",
)  # fmt: skip
FIELDS = {
    "code": _("Code"),
    "name": _("Name"),
    "kind": _("Kind"),
    "district": _("District"),
    "position": _("Position"),
    "radius_m": _("Reach in metres"),
    "active": _("In use"),
}


class PlaceForm(VersionForm):
    """What may be changed of a place. `order`: the fields as they are shown."""

    order = ("name", "kind", "district", "position", "radius_m", "active")
    name = StringField(
        FIELDS["name"], [DataRequired(_("Give it a name.")), at_most(NAME_MAX), for_everybody]
    )
    kind = SelectField(FIELDS["kind"], default=KINDS[-1])
    district = StringField(FIELDS["district"], [at_most(NAME_MAX), for_everybody])
    position = StringField(
        FIELDS["position"], [DataRequired(_("Where is it? Point on the map, or write it."))]
    )
    radius_m = IntegerField(
        FIELDS["radius_m"],
        [InputRequired(_("A whole number.")), NumberRange(*RADII, message=_("From 10 to 5 000."))],
        default=RADIUS_M,
    )
    active = BooleanField(FIELDS["active"])

    def __init__(self, **about) -> None:
        super().__init__(**about)
        known = (place.kind for place in names.places().values())
        self.kind.choices = choices({kind: kind for kind in (*KINDS, *known)})

    def validate_position(self, field) -> None:
        try:
            position.read(field.data)
        except ValueError as wrong:
            raise ValidationError(
                _("Latitude and longitude, or N and E in SWEREF 99 TM, in Sweden.")
            ) from wrong

    def said(self) -> dict:
        """What is filled in, in the shape of a version."""
        lat, lon = position.read(self.position.data)
        return {
            "name": self.name.data.strip(),
            "kind": self.kind.data,
            "district": (self.district.data or "").strip() or None,
            "lat": lat,
            "lon": lon,
            "radius_m": self.radius_m.data,
            "active": self.active.data,
        }


class NewPlaceForm(PlaceForm):
    """A place that is new: its code can never be changed afterwards."""

    order = ("name", "code", *PlaceForm.order[1:-1])
    code = StringField(FIELDS["code"], [DataRequired(_("Give it a code."))])

    def validate_code(self, field) -> None:
        field.data = field.data.strip().upper()
        if not place_versions.CODE.fullmatch(field.data):
            raise ValidationError(_("Letters, digits and hyphens, at most 12."))

    def said(self) -> dict:
        return super().said() | {"active": True}
