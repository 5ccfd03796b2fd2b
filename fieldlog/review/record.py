"""The page of one record: how it stands, its history, three clocks, its place in the chain."""

from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from fieldlog import config, problems
from fieldlog.access import audit, sight, stepup
from fieldlog.access.guard import guard
from fieldlog.review import (
    acts_forms,
    address,
    doubles,
    drawing,
    fields,
    labels,
    moments,
    names,
    photos,
    rows,
    story,
)
from fieldlog.review.door import door
from fieldlog.store import record as store
from fieldlog.store import whereabouts
from fieldlog.store.whereabouts import Whereabouts

# What another organisation never sees of a record, nor in bulk.
UNSHARED = frozenset(("note", "point", "point_why", "far", "blobs"))
DOING = {
    "set_aside": acts_forms.AsideForm,
    "return": acts_forms.QuestionForm,
    "comment": acts_forms.CommentForm,
    "share": acts_forms.ShareForm,
    "merge": acts_forms.MergeForm,
    "unmerge": acts_forms.UndoForm,
    "unshare": acts_forms.UnshareForm,
}


@door.get("/records/<rid>")
@guard("record.read")
def record(rid: str):
    """A record that one may see; what speaks of a record leads to it; all else is not found."""
    orgs = sight.orgs(current_user)
    wanted = address.rid(rid)
    history = store.history(wanted, orgs)
    if history is None and (seen := store.shared(wanted, orgs)):
        return _shared(seen)
    if history is None:
        subject = store.about(wanted)
        if subject in (None, wanted) or store.history(subject, orgs) is None:
            raise problems.Refused(problems.NOT_FOUND)
        return redirect(url_for("review.record", rid=subject.hex()), HTTPStatus.FOUND)
    do = request.args.get("do")
    return page(history, do if do in DOING else None)


def page(history: store.History, do: str | None, form=None):
    """The whole page; `do` is what the reader is about to do with the record, `form` its form as
    it was filled in.
    """
    orgs = sight.orgs(current_user)
    audit.of_record("record.read", history.row)
    role = config.current().role
    founding = history.founding
    return render_template(
        "review/record.html",
        kind=history.kind,
        row=history.row,
        title=rows.place_says(history.row)[0],
        what=_what(history),
        facts=_facts(history, _body(history)),
        renamed=_renamed(history.row),
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
        review=labels.of(labels.REVIEWS, history.row.review),
        do=do,
        form=form or (_form(do, history, orgs) if do else None),
        sure=stepup.is_needed(),
        doubles=_named([one for found in _merged(history).values() for one in found], orgs),
        into=_named([history.row.merged_into] if history.row.merged_into else [], orgs),
        shared=[name for _code, name in names.shown_to(history.row)],
    )


def _form(do: str, history: store.History, orgs: tuple[str, ...]):
    form = DOING[do](formdata=None)
    if do == "merge":
        form.into.choices = [(one.rid, one.what) for one in doubles.near(history, orgs)]
    if do == "share":
        form.to.choices = names.others(history.row.org)
    if do == "unshare":
        form.to.choices = names.shown_to(history.row)
    return form


def _shared(history: store.History):
    """What another organisation has shown: how it stands; not its note, author, point or past."""
    audit.of_record("record.read", history.row, shared=True)
    body = {name: value for name, value in _body(history).items() if name not in UNSHARED}
    return render_template(
        "review/shared.html",
        row=history.row,
        title=rows.place_says(history.row)[0],
        what=_what(history),
        facts=_facts(history, body),
        org=names.organisations().get(history.row.org),
    )


def _merged(history: store.History) -> dict[bytes, list[bytes]]:
    return store.merged_into([history.row.rid])


def _named(rids: list[bytes], orgs: tuple[str, ...]) -> list[tuple[str, str]]:
    """Ids and words of records that one may see."""
    found = [store.history(rid, orgs) or store.shared(rid, orgs) for rid in rids]
    return [
        (one.row.rid.hex(), f"{_what(one)} · {names.organisation(one.row.org)}")
        for one in found
        if one
    ]


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


def _facts(history: store.History, body: dict) -> list[tuple[str, str, str]]:
    """What a body says; its place as it was called then."""
    then = rows.place_says(history.row)[0]
    return [
        (field, name, then if field == "place" else words)
        for field, name, words in fields.present(history.kind, body)
    ]


def _renamed(row) -> str | None:
    """What its place is called now, where that is another name than it had then."""
    now = names.place(row.place)
    return now if now != names.place_then(row.place, row.observed_at) else None


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


def _where(history: store.History) -> Whereabouts:
    entry = history.founding.entry.id
    at_centre = config.current().role == "centre"
    return whereabouts.of([entry], at_centre=at_centre)[entry]
