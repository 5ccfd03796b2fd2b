"""Writing a version of a thing: drafts freely, what is published under the guard and never back
in time. Knows no pages.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from marshmallow import ValidationError

from fieldlog.store import versions, wording
from fieldlog.store.promises import guard, things
from fieldlog.store.promises.known import Known
from fieldlog.store.tables import Version
from fieldlog.store.versions import DRAFT, PUBLISHED

LINES = ("text", "text_en")  # the rest is of one line


class TooLate(ValueError):
    """A change of what was published would reach back before this week."""


@dataclass(frozen=True)
class Edit:
    """What the next version of a thing is to say, and from which day."""

    kind: str
    code: str
    body: dict
    state: str
    since: date


def prepare(edit: Edit, today: date, known: Known) -> tuple[Edit, Version | None] | None:
    """The edit as it would be kept, with the version before it; None when it says nothing new.

    Raises ValidationError, guard.NotReady, known.Unknown or TooLate.
    """
    thing = things.read(edit.kind, edit.code, edit.body)
    known.check(edit.kind, thing)
    if edit.state == PUBLISHED and (lacks := guard.missing(thing)):
        raise guard.NotReady(lacks)
    body = things.body_of(edit.kind, thing)
    before = versions.history(edit.kind, edit.code)
    newest = before[-1] if before else None
    if versions.says_the_same(newest, body, edit.state, edit.since):
        return None
    _check_words(body)
    if edit.state != DRAFT and edit.since < earliest(before, today):
        raise TooLate(f"{edit.kind} {edit.code} was published: its past weeks can't change")
    return Edit(edit.kind, edit.code, body, edit.state, edit.since), newest


def keep(
    edit: Edit,
    now: datetime,
    *,
    after: int | None = None,
    by: str | None = None,
    why: str | None = None,
    known: Known | None = None,
) -> bool:
    """Make the version; False when it would say what the newest says. Raises as `prepare`.

    `after`: the number of the version that was edited (by default the newest). Raises
    versions.Overtaken when somebody has made one since.
    """
    ready = prepare(edit, now.date(), known or Known.now())
    if ready is None:
        return False
    told, newest = ready
    number = newest.number if newest else 0
    return versions.write(
        told.kind,
        told.code,
        told.body,
        state=told.state,
        since=told.since,
        now=now,
        after=number if after is None else after,
        by=by,
        why=why,
    )


def _check_words(body: dict) -> None:
    """Everybody reads what it says, but for an address, which may be any digits."""
    wrong = {}
    for name, said in body.items():
        texts = [one for one in (said if isinstance(said, list) else [said]) if type(one) is str]
        faults = {wording.fault(one, lines=name in LINES) for one in texts} - {None}
        if faults and name != "address":
            wrong[name] = sorted(faults)
    if wrong:
        raise ValidationError(wrong)


def newest(kind: str, *, drafts: bool = True) -> dict[str, Version]:
    """The newest version of each thing of a kind by its code, of all or of those not drafts."""
    every = versions.every(kind).items()
    found = {code: [row for row in rows if drafts or row.state != DRAFT] for code, rows in every}
    return {code: rows[-1] for code, rows in found.items() if rows}


def earliest(before: list[Version], today: date) -> date:
    """The first day from which a new version may hold, given those made before.

    What was never published may be told to have held earlier; what was keeps its past.
    """
    if any(one.state != DRAFT for one in before):
        return today - timedelta(days=today.weekday())
    return date.min
