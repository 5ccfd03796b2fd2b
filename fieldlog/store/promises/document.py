"""Promises as a document that can be brought in and carried out: one list a kind of thing.

Each item is a thing's body with its code, and if need be its state (published) and since (the first
day of its period, or today). All of a document is brought in, or nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime

from marshmallow import ValidationError

from fieldlog.store.changes import CHANGED, NEW, SAME, WRONG, Change, NoDocument, sound
from fieldlog.store.database import writing
from fieldlog.store.promises import editing, guard
from fieldlog.store.promises.editing import Edit
from fieldlog.store.promises.known import Known, Unknown
from fieldlog.store.promises.things import KINDS
from fieldlog.store.versions import PUBLISHED
from fieldlog.store.wording import N_

LISTS = {
    "source": "sources",
    "agreement": "agreements",
    "promise": "promises",
    "focus": "focuses",
    "commitment": "commitments",
}
STATES = ("draft", "published", "ended")


def told(*, drafts: bool = True) -> dict:
    """Every thing as it was last written, in the shape that `bring` takes."""
    return {
        LISTS[kind]: [
            {"code": code, "state": row.state, "since": row.since.isoformat(), **row.body}
            for code, row in sorted(editing.newest(kind, drafts=drafts).items())
        ]
        for kind in KINDS
    }


def changes(document: dict, today: date) -> list[Change]:
    """What bringing the document in would do. Raises NoDocument."""
    return [change for _, change in _prepared(document, today, Known.now())]


def bring(document: dict, now: datetime, by: str | None = None) -> list[Change]:
    """Bring all of it in. Raises NoDocument, or Refused with every change and fault."""
    known = Known.now()
    ready = list(_prepared(document, now.date(), known))
    found = sound([change for _, change in ready])
    with writing():
        for edit, _ in ready:
            if edit is not None:
                editing.keep(edit, now, by=by, known=known)
    return found


def _prepared(document: dict, today: date, known: Known) -> Iterator[tuple[Edit | None, Change]]:
    seen: set[tuple[str, str]] = set()
    for kind, item in _items(document):
        code = item.get("code")
        title = str(item.get("title", ""))
        try:
            if not isinstance(code, str):
                raise ValidationError({"code": ["Not a valid string."]})
            edit = _edit(kind, item, today)
            if (kind, code) in seen:
                raise ValidationError({"code": ["It stands twice in the document."]})
            seen.add((kind, code))
            change = _change(edit, title, today, known)
        except (ValidationError, guard.NotReady, Unknown, editing.TooLate) as fault:
            yield None, Change(kind, str(code), title, WRONG, fault=fault)
            continue
        known.things.add((kind, code))
        yield edit if change.what != SAME else None, change


def _change(edit: Edit, title: str, today: date, known: Known) -> Change:
    ready = editing.prepare(edit, today, known)
    if ready is None:
        return Change(edit.kind, edit.code, title, SAME)
    told, before = ready
    old = _flat(before.body, before.state, before.since) if before else {}
    new = _flat(told.body, told.state, told.since)
    fields = [(name, old.get(name), new.get(name)) for name in {**old, **new}]
    different = tuple(one for one in fields if one[1] != one[2])
    return Change(edit.kind, edit.code, title, CHANGED if before else NEW, different)


def _flat(body: dict, state: str, since: date) -> dict:
    return {**body, "state": state, "since": since.isoformat()}


def _items(document: dict) -> Iterator[tuple[str, dict]]:
    if not isinstance(document, dict) or not document.keys() & set(LISTS.values()):
        raise NoDocument(N_("It has none of the lists %(about)s."), about=", ".join(LISTS.values()))
    if strange := document.keys() - set(LISTS.values()) - {"about"}:
        raise NoDocument(
            N_("It has a list that is not known: %(about)s."), about=", ".join(sorted(strange))
        )
    for kind, name in LISTS.items():
        items = document.get(name, [])
        if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
            raise NoDocument(N_("%(about)s must be a list of objects."), about=name)
        yield from ((kind, item) for item in items)


def _edit(kind: str, item: dict, today: date) -> Edit:
    body = {name: value for name, value in item.items() if name not in ("code", "state", "since")}
    state, since = item.get("state", PUBLISHED), item.get("since", item.get("from"))
    if state not in STATES:
        raise ValidationError({"state": [f"One of {', '.join(STATES)}."]})
    try:
        day = date.fromisoformat(since) if since else today
    except (TypeError, ValueError) as wrong:
        raise ValidationError({"since": ["Not a valid date."]}) from wrong
    return Edit(kind, item.get("code"), body, state, day)
