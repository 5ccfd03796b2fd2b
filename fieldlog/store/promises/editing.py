"""Writing a version of a thing: drafts freely, what is published under the guard and never back
in time. Knows no pages.
"""

from datetime import date, datetime, timedelta

from fieldlog.store import versions
from fieldlog.store.promises import guard, things
from fieldlog.store.tables import Version
from fieldlog.store.versions import DRAFT, PUBLISHED


class TooLate(ValueError):
    """A change of what was published would reach back before this week."""


def keep(
    kind: str,
    code: str,
    body: dict,
    *,
    state: str,
    since: date,
    now: datetime,
    after: int | None = None,
    by: str | None = None,
    why: str | None = None,
) -> bool:
    """Make a version of a thing; False when it would say what the newest says.

    `since`: the day from which it holds. `after`: the number of the version that was edited (by
    default the newest). Raises ValidationError, guard.NotReady, TooLate or versions.Overtaken.
    """
    thing = things.read(kind, code, body)
    if state == PUBLISHED and (lacks := guard.missing(thing)):
        raise guard.NotReady(lacks)
    body, before = things.body_of(kind, thing), versions.history(kind, code)
    newest = before[-1] if before else None
    if versions.says_the_same(newest, body, state, since):
        return False
    if state != DRAFT and since < earliest(before, now.date()):
        raise TooLate(f"{kind} {code} was published: it changes from this week's Monday at most")
    number = newest.number if newest else 0
    return versions.write(
        kind,
        code,
        body,
        state=state,
        since=since,
        now=now,
        after=number if after is None else after,
        by=by,
        why=why,
    )


def newest(kind: str) -> dict[str, Version]:
    """The newest version of each thing of a kind by its code, drafts too."""
    return {code: rows[-1] for code, rows in versions.every(kind).items()}


def earliest(before: list[Version], today: date) -> date:
    """The first day from which a new version may hold, given those made before.

    What was never published may be told to have held earlier; what was keeps its past.
    """
    if any(one.state != DRAFT for one in before):
        return today - timedelta(days=today.weekday())
    return date.min
