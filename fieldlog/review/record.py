"""The page of one record: how it stands, its history, three clocks, its place in the chain."""

from http import HTTPStatus

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog import config, problems
from fieldlog.access import audit, sight
from fieldlog.access.guard import guard
from fieldlog.review import address, drawing, fields, labels, moments, names, photos, rows, story
from fieldlog.review.door import door
from fieldlog.store import listing
from fieldlog.store import record as store


@door.get("/records/<rid>")
@guard("record.read")
def record(rid: str):
    """A record that one may see; what speaks of a record leads to it; all else is not found."""
    orgs = sight.orgs(current_user)
    wanted = address.rid(rid)
    history = store.history(wanted, orgs)
    if history is None:
        subject = store.about(wanted)
        if subject in (None, wanted) or store.history(subject, orgs) is None:
            raise problems.Refused(problems.NOT_FOUND)
        return redirect(url_for("review.record", rid=subject.hex()), HTTPStatus.FOUND)
    audit.of_record("record.read", history.row)
    role = config.current().role
    founding = history.founding
    return render_template(
        "review/record.html",
        kind=history.kind,
        row=history.row,
        title=rows.place_says(history.row)[0],
        what=_what(history),
        facts=fields.present(history.kind, _body(history)),
        org=names.organisations().get(history.row.org),
        photos=photos.of(history),
        told=story.told(history, role),
        conflicts=story.conflicts(history),
        events=[(event, rows.category_says(event.category)) for event in history.events],
        clocks=_clocks(history),
        founding=founding,
        holds=store.holds(founding),
        where=_where(history),
        beads=_beads(history),
        reason=labels.of(labels.REASONS, history.row.code),
        device=names.device(founding.log.device),
        role=role,
    )


def _what(history: store.History) -> str:
    row = history.row
    if history.kind == "visit":
        said = [_("Presence"), rows.visit_says(row)]
    else:
        said = [_("Event"), *reversed(rows.category_says(row.category))]
    return " · ".join([*filter(None, said[:2]), moments.stamp(row.observed_at)])


def _body(history: store.History) -> dict:
    """The body as it stands, the visit it belongs to left to a link of its own."""
    return {name: value for name, value in history.row.body.items() if name != "visit"}


def _clocks(history: store.History) -> drawing.Clocks:
    founding = history.founding
    phone = founding.record.at if founding.record else None
    return drawing.clocks(history.row.observed_at, phone, founding.entry.received_at)


def _beads(history: store.History) -> list[drawing.Bead]:
    founding = history.founding
    if founding.entry.branch:
        return []
    mine = {
        one.entry.seq
        for one in history.written
        if one.log.id == founding.log.id and not one.entry.branch
    }
    return drawing.beads(founding.entry.seq, mine, founding.log.base, founding.log.have)


def _where(history: store.History) -> listing.Whereabouts:
    entry = history.founding.entry.id
    at_centre = config.current().role == "centre"
    return listing.whereabouts([entry], at_centre=at_centre)[entry]
