"""Places out as GeoJSON, and in from GeoJSON or a table: what would change is shown first."""

import json
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldlog import problems
from fieldlog.access import audit
from fieldlog.access.guard import guard
from fieldlog.review import bringing, names
from fieldlog.review.door import door
from fieldlog.review.exports.page import attached
from fieldlog.review.places.editing import may_edit, says
from fieldlog.store import bundles, changes, place_files, projection
from fieldlog.store.changes import Change
from fieldlog.store.database import writing
from fieldlog.store.place_versions import EDITED, KIND


@door.route("/places/import", methods=["GET", "POST"])
@guard("places.edit")
def places_import():
    """Choose a file; see what it would change; bring it in."""
    if not may_edit():
        raise problems.Refused(problems.NOT_FOUND)
    return bringing.answer(
        "review/places/import.html",
        _read,
        place_files.changes,
        _bring,
        why=why,
        told=lambda name, value: says(name, value)[1],
        kinds={KIND: _("Place")},
        fields={name: says(name, None)[0] for name in EDITED},
        columns=place_files.COLUMNS,
    )


@door.get("/places.geojson")
@guard("places.read")
def places_file():
    """Every place, those out of use too, in the shape that can be brought in."""
    audit.told("places.export")
    told = place_files.told(list(names.places().values()))
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return attached(Response(text, mimetype="application/geo+json"), "places.geojson")


def why(change: Change) -> str:
    """Why a place can't be brought in."""
    fields = (says(name, None)[0] for name in change.fault.fields)
    return bringing.unfit(fields, change.fault.words)


def _read(text: str, _name: str) -> dict:
    return place_files.from_text(text)


def _bring(read: dict) -> Response:
    with writing():
        done = place_files.bring(read, datetime.now(UTC), by=current_user.id)
        number = changes.made(done)
        audit.told("places.edit", detail={"brought in": number})
    projection.rejudge()  # what named one before it was known may leave quarantine
    bundles.forget()
    flash(ngettext("%(num)d place brought in.", "%(num)d places brought in.", number))
    return redirect(url_for("review.places"), HTTPStatus.SEE_OTHER)
