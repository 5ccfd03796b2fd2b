"""Places out as GeoJSON, and in from GeoJSON or a table: what would change is shown first."""

import json
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldlog import problems
from fieldlog.access import audit
from fieldlog.access.guard import guard
from fieldlog.review import names
from fieldlog.review.door import door
from fieldlog.review.places.editing import may_edit, says
from fieldlog.review.promise.transfer import WHATS, FileForm
from fieldlog.store import bundles, place_files, projection
from fieldlog.store.database import writing
from fieldlog.store.place_files import COLUMNS
from fieldlog.store.place_versions import EDITED, KIND, Taken
from fieldlog.store.promises.document import CHANGED, NEW, Change, NoDocument, Refused
from fieldlog.store.versions import Overtaken


@door.route("/places/import", methods=["GET", "POST"])
@guard("places.edit")
def places_import():
    """Choose a file; see what it would change; bring it in."""
    if not may_edit():
        raise problems.Refused(problems.NOT_FOUND)
    form, changes, fault = FileForm(), None, None
    if form.validate_on_submit():
        try:
            read = _read(form)
            form.content.data = json.dumps(read, ensure_ascii=False)
            if "bring" in request.form:
                return _bring(read)
            changes = place_files.changes(read)
        except (NoDocument, UnicodeDecodeError) as bad:
            fault = str(bad)
        except Refused as refused:
            changes = refused.changes
        except (Overtaken, Taken):
            fault = _("Somebody else changed something meanwhile. Look at the file again.")
    page = render_template(
        "review/places/import.html",
        form=form,
        changes=changes,
        fault=fault,
        whats=WHATS,
        counts={what: sum(one.what == what for one in changes or ()) for what in WHATS},
        why=why,
        told=lambda name, value: says(name, value)[1],
        kinds={KIND: _("Place")},
        fields={name: says(name, None)[0] for name in EDITED},
        columns=COLUMNS,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK


@door.get("/places.geojson")
@guard("places.read")
def places_file():
    """Every place, those out of use too, in the shape that can be brought in."""
    audit.told("places.export")
    told = place_files.told(list(names.places().values()))
    return Response(
        json.dumps(told, ensure_ascii=False, indent=1),
        mimetype="application/geo+json",
        headers={"Content-Disposition": 'attachment; filename="places.geojson"'},
    )


def why(change: Change) -> str:
    """Why a place can't be brought in."""
    fields = ", ".join(says(name, None)[0] for name in change.fault.fields)
    return _("This can't be so: %(fields)s.", fields=fields)


def _read(form: FileForm) -> dict:
    if form.file.data:
        return place_files.from_text(form.file.data.read().decode("utf-8-sig"))
    return place_files.from_text(form.content.data or "")


def _bring(read: dict):
    with writing():
        done = place_files.bring(read, datetime.now(UTC), by=current_user.id)
        changed = sum(one.what in (NEW, CHANGED) for one in done)
        audit.told("places.edit", detail={"brought in": changed})
    projection.rejudge()  # what named one before it was known may leave quarantine
    bundles.forget()
    flash(ngettext("%(num)d place brought in.", "%(num)d places brought in.", changed))
    return redirect(url_for("review.places"), HTTPStatus.SEE_OTHER)
