"""What can be observed, as a coordinator keeps it: tiles and kinds, each edit a version.

A code lives for ever. Knows the store's rules only by the names of what they refuse.
"""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_login import current_user
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired

from fieldlog import problems
from fieldlog.access import audit
from fieldlog.access.guard import guard
from fieldlog.review import editions, labels, names
from fieldlog.review.door import door
from fieldlog.review.forms import NOT_SAVED, OVERTAKEN, VersionForm, at_most, choices, for_everybody
from fieldlog.review.promise.pages import may_edit
from fieldlog.store import bundles, category_versions, projection, versions
from fieldlog.store.category_versions import EDITED, Wrong
from fieldlog.store.database import writing
from fieldlog.store.tables import Category

NAME = 60
ROUTES = {
    "": later("nowhere in particular"),
    "fault_list": later("the list of faults"),
    "employer": later("the employer's own routine"),
}
PUBLIC = {
    "place": later("by place"),
    "district": later("by district only"),
    "no": later("never"),
}
FOCUSES = {
    "": later("none"),
    "public_places": later("events in public places"),
    "recruitment": later("recruitment to criminal networks"),
}
FIELDS = {
    "sv": later("Name in Swedish"),
    "en": later("Name in English"),
    "focus": later("Focus area"),
    "incident": later("Counts as an incident"),
    "route": later("Goes to"),
    "public": later("May be shown publicly"),
    "active": later("In use"),
    "standing": later("Stays until seen fixed"),
}
REASONS = {
    "word": later("Small letters a–z and digits, at most 24."),
    "taken": later("There is one with that code already; codes live for ever."),
    "full": later("A tile has at most eight kinds in use. Take another out of use first."),
    "public": later("This kind is never shown by place."),
}

NAMED = [InputRequired(message=later("Give it a name.")), at_most(NAME), for_everybody]


class CategoryForm(VersionForm):
    """What may be changed of a tile or a kind."""

    order = EDITED
    sv = StringField(FIELDS["sv"], NAMED)
    en = StringField(FIELDS["en"], NAMED)
    focus = SelectField(FIELDS["focus"], choices=choices(FOCUSES), default="")
    incident = BooleanField(FIELDS["incident"])
    route = SelectField(FIELDS["route"], choices=choices(ROUTES), default="")
    public = SelectField(FIELDS["public"], choices=choices(PUBLIC), default="no")
    active = BooleanField(FIELDS["active"])

    def said(self) -> dict:
        """What is filled in; an empty choice is none."""
        return {name: self[name].data if self[name].data != "" else None for name in EDITED}


class NewKindForm(CategoryForm):
    """A kind that is new: its code, and what can never be changed afterwards."""

    order = ("word", *EDITED[:-1], "standing")
    word = StringField(later("Last part of the code"), [InputRequired(message=REASONS["word"])])
    standing = BooleanField(FIELDS["standing"])

    def said(self) -> dict:
        return super().said() | {"active": True, "standing": self.standing.data}


@door.get("/categories")
@guard("promise.read")
def categories():
    """Every tile with its kinds, in the order of the phone; what is out of use last."""
    every = list(names.categories().values())
    return render_template(
        "review/categories/list.html",
        tiles=[(tile, [one for one in every if one.parent == tile.code]) for tile in names.tiles()],
        called=names.called,
        routes=ROUTES,
        public=PUBLIC,
        may_edit=may_edit(),
    )


@door.route("/categories/<code>", methods=["GET", "POST"])
@guard("promise.edit")
def category(code: str):
    """The form of a tile or a kind, and its versions."""
    row = category_versions.one(code) if may_edit() else None
    if row is None:
        raise problems.Refused(problems.NOT_FOUND)
    form = CategoryForm(obj=row)
    if not form.is_submitted():
        form.after.data = len(category_versions.history(code))
        return _page(form, row)
    if not form.validate():
        return _page(form, row, said=NOT_SAVED)
    try:
        with writing():
            changed = category_versions.edit(
                code,
                form.said(),
                datetime.now(UTC),
                after=form.seen(),
                by=current_user.id,
                why=form.because(),
            )
            if changed:
                audit.told("promise.edit", detail={"kind": "category", "code": code})
    except Wrong as wrong:
        form[wrong.field].errors = [REASONS[wrong.reason]]
        return _page(form, row, said=NOT_SAVED)
    except versions.Overtaken:
        form.after.data = len(category_versions.history(code))
        return _page(form, row, said=OVERTAKEN)
    return _done(changed)


@door.route("/categories/<code>/new", methods=["GET", "POST"])
@guard("promise.edit")
def category_new(code: str):
    """A new kind under a tile."""
    tile = category_versions.one(code) if may_edit() else None
    if tile is None or tile.parent is not None:
        raise problems.Refused(problems.NOT_FOUND)
    form = NewKindForm()
    if not form.is_submitted():
        form.incident.data, form.focus.data = tile.incident, tile.focus or ""
        form.public.data = "district"
        return _page(form, tile)
    if not form.validate():
        return _page(form, tile, said=NOT_SAVED)
    word, made = form.word.data.strip(), {"by": current_user.id, "why": form.because()}
    try:
        with writing():
            new = category_versions.add(code, word, form.said(), datetime.now(UTC), **made)
            audit.told("promise.edit", detail={"kind": "category", "code": new})
    except Wrong as wrong:
        form[wrong.field if wrong.field in form.order else "word"].errors = [REASONS[wrong.reason]]
        return _page(form, tile, said=NOT_SAVED)
    projection.rejudge()  # what named it before it was known may leave quarantine
    return _done(True)


def _done(changed: bool):
    bundles.forget()
    flash(
        _("Saved. The phones get it at their next contact.")
        if changed
        else _("Nothing had changed.")
    )
    return redirect(url_for("review.categories"), HTTPStatus.SEE_OTHER)


def _page(form: CategoryForm, row: Category, said: str = ""):
    is_new = isinstance(form, NewKindForm)
    page = render_template(
        "review/categories/edit.html",
        form=form,
        row=row,
        is_new=is_new,
        name=names.called(row),
        said=said,
        editions=[] if is_new else editions.told(category_versions.history(row.code), _said),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if said else HTTPStatus.OK


def _said(name: str, value) -> tuple[str, str]:
    """A field's name and its value in words."""
    return str(FIELDS[name]), _told(name, value)


def _told(name: str, value) -> str:
    named = {"route": ROUTES, "public": PUBLIC, "focus": FOCUSES}.get(name)
    if named is not None:
        return labels.of(named, value or "")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
