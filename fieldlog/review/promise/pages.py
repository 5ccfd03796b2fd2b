"""The promise as it stands on a day, and each thing of it with its versions. Changes nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import render_template, request
from flask_babel import gettext as _

from fieldlog import config, problems
from fieldlog.access.guard import guard, may
from fieldlog.review import labels, moments, names
from fieldlog.review.door import door
from fieldlog.review.promise import words
from fieldlog.store import promises, versions
from fieldlog.store.promises import guard as publishing
from fieldlog.store.promises import things
from fieldlog.store.promises.standing import Standing
from fieldlog.store.promises.standing import of as in_force
from fieldlog.store.promises.things import KINDS, PARENT, Promise, Thing
from fieldlog.store.tables import Version
from fieldlog.store.versions import DRAFT, PUBLISHED

# What a thing's page shows otherwise than as a fact: as its heading, or as links.
ELSEWHERE = {"title", "title_en", "sources", *PARENT.values()}


@dataclass(frozen=True)
class Draft:
    """A thing whose newest version is a draft; `lacks` is what keeps it from being published."""

    kind: str
    thing: Thing
    lacks: str


@dataclass(frozen=True)
class Edition:
    """One version in words: who made it when, and what it changed, as (field, before, after)."""

    number: int
    state: str
    since: date
    made_at: datetime
    who: str
    why: str | None
    changes: list[tuple[str, str, str]]
    holds: bool


@door.get("/promise")
@guard("promise.read")
def promise():
    """What is promised on a day, today if none is said."""
    today = moments.operational_day(datetime.now(UTC))
    on = _day(request.args.get("on")) or today
    stands = promises.standing(on)
    return render_template(
        "review/promise/promise.html",
        words=words,
        names=names,
        today=today,
        stands=stands,
        chapters=_chapters(stands),
        others=_others(stands, today),
        drafts=_drafts() if may_edit() else [],
        may_edit=may_edit(),
        at_node=config.current().role == "node",
        sources={one.code: one for one in stands.sources},
    )


@door.get("/promise/<kind>/<code>")
@guard("promise.read")
def thing(kind: str, code: str):
    """One thing as it was last written, and every version of it."""
    rows = rows_of(kind, code)
    today = moments.operational_day(datetime.now(UTC))
    newest = things.read(kind, code, rows[-1].body)
    return render_template(
        "review/promise/thing.html",
        words=words,
        kind=kind,
        thing=newest,
        state=rows[-1].state,
        lacks=words.missing(publishing.missing(newest)),
        facts=facts(rows[-1].body),
        editions=list(reversed(_editions(rows, today))),
        above=_above(kind, newest),
        sources=_sources(newest),
        may_edit=may_edit(),
    )


def rows_of(kind: str, code: str) -> list[Version]:
    """The versions of a thing, oldest first, drafts only for who edits; Refused if none is left."""
    rows = versions.history(kind, code) if kind in KINDS else []
    rows = [row for row in rows if row.state != DRAFT or may_edit()]
    if not rows:
        raise problems.Refused(problems.NOT_FOUND)
    return rows


def may_edit() -> bool:
    """Promises are written at the centre, by who may."""
    return config.current().role == "centre" and may("promise.edit")


def facts(body: dict) -> list[tuple[str, str]]:
    """What a body says, as (field's name, words)."""
    shown = (name for name in body if name not in ELSEWHERE)
    return [(str(words.FIELDS[name]), told(name, body[name])) for name in shown]


def told(name: str, value) -> str:
    """A value of a field in words; a dash for nothing."""
    match name, value:
        case _, None | [] | "":
            return "–"
        case _, bool():
            return _("yes") if value else _("no")
        case "windows", list():
            field = things.WindowField()
            return "; ".join(words.window(field.deserialize(one)) for one in value)
        case "places", list():
            return ", ".join(names.place(code) or code for code in value)
        case "from" | "to" | "follow_up" | "day" | "since", str():
            return moments.day(date.fromisoformat(value))
        case "owner", str():
            return names.organisation(value)
        case "form", str():
            return labels.of(words.FORMS, value)
        case "state", str():
            return labels.of(words.STATES, value)
        case "examples", list():
            return _("all of it") if "all" in value else ", ".join(map(_field, value))
        case _, list():
            return ", ".join(map(str, value))
    return str(value)


def _field(name: str) -> str:
    return labels.of(words.FIELDS, name)


def _chapters(stands: Standing) -> list[tuple[Thing | None, list]]:
    """Each focus area with its commitments; at the end those whose focus area does not stand."""
    found = [
        (focus, [one for one in stands.commitments if one.focus == focus.code])
        for focus in stands.focuses
    ]
    rest = {one.code for one in stands.focuses}
    loose = [one for one in stands.commitments if one.focus not in rest]
    return [*found, (None, loose)] if loose else found


def _others(stands: Standing, today: date) -> list[tuple[Promise, date]]:
    """The promises that do not stand on this page, the latest first, and the day to see each on."""
    shown = {one.code for one in stands.promises}
    found = []
    for code, rows in versions.every("promise").items():
        decided = [row for row in rows if row.state == PUBLISHED]
        if not decided or code in shown:
            continue
        one = things.read("promise", code, decided[-1].body)
        found.append((one, min(max(today, one.begins), one.ends)))
    return sorted(found, key=lambda pair: pair[0].begins, reverse=True)


def _drafts() -> list[Draft]:
    return [
        Draft(kind, one, words.missing(publishing.missing(one)))
        for kind in KINDS
        for code, row in promises.newest(kind).items()
        if row.state == DRAFT and (one := things.read(kind, code, row.body))
    ]


def _editions(rows: list[Version], today: date) -> list[Edition]:
    held = versions.holding(rows, today) if in_force(rows, today) else None
    found, before = [], {}
    for row in rows:
        after = {**row.body, "state": row.state, "since": row.since.isoformat()}
        changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        found.append(
            Edition(
                row.number,
                row.state,
                row.since,
                row.made_at,
                names.account(row.made_by) if row.made_by else _("a command"),
                row.why,
                [(_field(n), told(n, before.get(n)), told(n, after.get(n))) for n in changed],
                held is row,
            )
        )
        before = after
    return found


def _above(kind: str, one: Thing) -> tuple[str, Thing] | None:
    """(kind, thing) that it hangs under."""
    above = PARENT.get(kind)
    code = above and getattr(one, above)
    row = promises.newest(above).get(code) if code else None
    return (above, things.read(above, code, row.body)) if row else None


def _sources(one: Thing) -> list[Thing]:
    rows = promises.newest("source")
    return [things.read("source", code, rows[code].body) for code in one.sources if code in rows]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
