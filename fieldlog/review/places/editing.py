"""Adding and changing places: each answer is a new version that the phones get at their next
contact, or a page that keeps what was typed and says what is wrong. All of it at the centre.
"""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog import config, problems
from fieldlog.access import audit
from fieldlog.access.guard import guard, may
from fieldlog.review import mapping, names
from fieldlog.review.door import door
from fieldlog.review.forms import NOT_SAVED, OVERTAKEN
from fieldlog.review.places import position
from fieldlog.review.places.forms import FIELDS, NewPlaceForm, PlaceForm
from fieldlog.store import bundles, place_versions, projection, versions
from fieldlog.store.database import writing
from fieldlog.store.tables import Place


@door.route("/places/new", methods=["GET", "POST"])
@guard("places.edit")
def place_new():
    """A form for a new place."""
    _at_the_centre()
    form = NewPlaceForm()
    if not form.is_submitted():
        return page(form)
    if not form.validate():
        return page(form, said=NOT_SAVED)
    code = form.code.data
    try:
        with writing():
            place_versions.add(code, form.said(), datetime.now(UTC), **_made(form))
            audit.told("places.edit", detail={"place": code})
    except place_versions.Taken:
        form.code.errors = [_("There is one with that code already; codes live for ever.")]
        return page(form, said=NOT_SAVED)
    projection.rejudge()  # what named it before it was known may leave quarantine
    return _done(code, _("Saved. The phones get it at their next contact."))


@door.route("/places/<code>/edit", methods=["GET", "POST"])
@guard("places.edit")
def place_edit(code: str):
    """The form of a place as it stands."""
    _at_the_centre()
    row = place_versions.one(code)
    if row is None:
        raise problems.Refused(problems.NOT_FOUND)
    form = PlaceForm(obj=row)
    if not form.is_submitted():
        form.position.data = position.written(row.lat, row.lon)
        form.after.data = len(place_versions.history(code))
        return page(form, row)
    if not form.validate():
        return page(form, row, said=NOT_SAVED)
    try:
        with writing():
            changed = place_versions.edit(
                code, form.said(), datetime.now(UTC), form.seen(), **_made(form)
            )
            if changed:
                audit.told("places.edit", detail={"place": code})
    except versions.Overtaken:
        form.after.data = len(place_versions.history(code))
        return page(form, row, said=OVERTAKEN)
    saved = _("Saved. The phones get it at their next contact.")
    return _done(code, saved if changed else _("Nothing had changed."))


def may_edit() -> bool:
    """Places are written at the centre, by who may."""
    return config.current().role == "centre" and may("places.edit")


def says(name: str, value) -> tuple[str, str]:
    """A field of a version: what it is called, and its value in words."""
    label = str(FIELDS.get(name) or {"lat": _("Latitude"), "lon": _("Longitude")}[name])
    if isinstance(value, bool):
        return label, _("yes") if value else _("no")
    return label, "–" if value is None else str(value)


def page(form: PlaceForm, row: Place | None = None, said: str = ""):
    """The form beside a map of the other places."""
    others = [place for code, place in names.places().items() if row is None or code != row.code]
    answer = render_template(
        "review/places/edit.html",
        form=form,
        row=row,
        said=said,
        marks=mapping.collection(
            mapping.point(one.code, one.lon, one.lat, one.name, ()) for one in others if one.active
        ),
    )
    return answer, HTTPStatus.UNPROCESSABLE_ENTITY if said else HTTPStatus.OK


def _at_the_centre() -> None:
    if not may_edit():
        raise problems.Refused(problems.NOT_FOUND)


def _made(form: PlaceForm) -> dict[str, str | None]:
    return {"by": current_user.id, "why": form.because()}


def _done(code: str, said: str):
    bundles.forget()
    flash(said)
    return redirect(url_for("review.place", code=code), HTTPStatus.SEE_OTHER)
