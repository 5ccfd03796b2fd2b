"""Things that are agreed on and change: each edit is a new version from a day on, none is undone.

Knows nothing of what the things are. What held on a day in the past is always found again.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Version

DRAFT, PUBLISHED, ENDED = "draft", "published", "ended"


class Overtaken(ValueError):
    """Somebody else has made a version since the one that was edited."""


def write(
    kind: str,
    code: str,
    body: dict,
    *,
    state: str,
    since: date,
    now: datetime,
    after: int,
    by: str | None = None,
    why: str | None = None,
) -> bool:
    """Make the next version after number `after` (0: the first). False when it would say the same.

    Raises Overtaken when `after` is not the newest.
    """
    with writing() as session:
        newest = session.scalar(_of(kind, code).order_by(Version.number.desc()).limit(1))
        if after != (newest.number if newest else 0):
            raise Overtaken(f"{kind} {code} has been changed by somebody else")
        if says_the_same(newest, body, state, since):
            return False
        about = {"made_at": now, "made_by": by, "why": why}
        row = {"kind": kind, "code": code, "number": after + 1, "since": since, "state": state}
        session.add(Version(**row, body=body, **about))
        try:
            session.flush()
        except IntegrityError as taken:
            raise Overtaken(f"{kind} {code} has been changed by somebody else") from taken
    return True


def follow(
    kind: str, code: str, before: dict | None, body: dict, now: datetime, after: int, **made
) -> None:
    """Keep the edit of what stands in a table of its own: as it is from today, and before the
    first edit as it was. `before` is None for what is new; `made`: by and why. Raises Overtaken.
    """
    holds = {"state": PUBLISHED, "since": now.date(), "now": now}
    if after == 0 and before is not None:
        write(kind, code, before, **holds, after=0)
        after = 1
    write(kind, code, body, **holds, after=after, **made)


def says_the_same(newest: Version | None, body: dict, state: str, since: date) -> bool:
    """Whether a version that says this would add nothing to the newest."""
    return (
        newest is not None
        and (newest.body, newest.state) == (body, state)
        and newest.since <= since
    )


def every(kind: str) -> dict[str, list[Version]]:
    """All versions of each thing of a kind by its code, the oldest first."""
    wanted = select(Version).where(Version.kind == kind).order_by(Version.code, Version.number)
    found = defaultdict(list)
    for row in reading().scalars(wanted):
        found[row.code].append(row)
    return dict(found)


def history(kind: str, code: str) -> list[Version]:
    """All versions of one thing, the oldest first."""
    return list(reading().scalars(_of(kind, code).order_by(Version.number)))


def holding(versions: Iterable[Version], on: date) -> Version | None:
    """What held on a day, of the versions of one thing; None for none, or one that had ended.

    The version decided last goes before an earlier one; a draft holds nothing.
    """
    decided = [one for one in versions if one.state != DRAFT and one.since <= on]
    last = max(decided, key=lambda one: one.number, default=None)
    return last if last and last.state == PUBLISHED else None


def _of(kind: str, code: str):
    return select(Version).where(Version.kind == kind, Version.code == code)
