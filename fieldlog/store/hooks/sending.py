"""What is to be sent now, and how each try went: growing waits, then given up and shown.

Knows no HTTP.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update

from fieldlog.store.database import reading, writing
from fieldlog.store.hooks.kept import FIXED, KEPT
from fieldlog.store.only_one import at_a_time
from fieldlog.store.tables import Hook, HookPost

HOOKS_LOCK = 7  # the first key of PostgreSQL's advisory locks: one number a purpose
WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 480, 1440, 1440))
AT_ONCE = 500
SHOWN = 10


@dataclass(frozen=True)
class Due:
    """One thing to send: to which address, signed with which secret."""

    id: str
    hook: str
    url: str
    secret: str
    body: str


@contextmanager
def lock() -> Iterator[bool]:
    """Whether sending is ours: two would send the same at the same time."""
    with at_a_time("hooks", HOOKS_LOCK) as mine:
        yield mine


def due(now: datetime) -> list[Due]:
    """What is to be tried now, what has waited longest first."""
    wanted = (
        select(HookPost.id, HookPost.hook, Hook.url, Hook.secret, HookPost.body)
        .join(Hook, Hook.id == HookPost.hook)
        .where(HookPost.next_at <= now, Hook.ended_at.is_(None))
        .order_by(HookPost.next_at, HookPost.made_at, HookPost.id)
        .limit(AT_ONCE)
    )
    return [Due(*row) for row in reading().execute(wanted)]


def done(post: str, said: str, now: datetime) -> None:
    """It has arrived."""
    with writing() as session:
        values = {"done_at": now, "next_at": None, "said": said, "tries": HookPost.tries + 1}
        session.execute(update(HookPost).where(HookPost.id == post).values(**values))


def failed(post: str, said: str, now: datetime) -> None:
    """It has not: try again after a wait that grows, or give it up."""
    with writing() as session:
        row = session.get_one(HookPost, post)
        row.next_at = now + WAITS[row.tries] if row.tries < len(WAITS) else None
        row.tries, row.said = row.tries + 1, said


def anew(hook: str, now: datetime) -> int:
    """Try again what was given up of a hook; how many that was."""
    mine = (HookPost.hook == hook, HookPost.done_at.is_(None), HookPost.next_at.is_(None))
    with writing() as session:
        again = update(HookPost).where(*mine).values(next_at=now, tries=0)
        return session.execute(again).rowcount


def prune(now: datetime) -> int:
    """Take away what was told, or given up, so long ago; how much that was.

    Faults seen fixed stay as long as their hook: worked out again they would be told again. Of
    the others nothing so old is told any more (see `noted`).
    """
    ended = select(Hook.id).where(Hook.ended_at.is_not(None))
    over = and_(HookPost.next_at.is_(None), HookPost.event != FIXED)
    old = delete(HookPost).where(HookPost.made_at < now - KEPT, or_(over, HookPost.hook.in_(ended)))
    with writing() as session:
        return session.execute(old).rowcount


def lately(hook: str) -> list[HookPost]:
    """The last that were noted for a hook, newest first."""
    wanted = select(HookPost).where(HookPost.hook == hook)
    return list(reading().scalars(wanted.order_by(HookPost.made_at.desc()).limit(SHOWN)))
