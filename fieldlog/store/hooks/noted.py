"""Notes what hooks are to be told, in the transaction of what happened.

What is told follows from what happened, and so does its id: whatever is projected again, after a
crash or by a rebuild, notes nothing twice. It tells what happened to what, never what anybody
wrote: who is told reads the record itself, with an access token and in the audit log.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID, uuid5

import uuid_utils
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.store.database import insert_new, writing
from fieldlog.store.hooks.kept import ACUTE, DECIDED, FAULT, FIXED, FROZEN, KEPT
from fieldlog.store.tables import Event, Hook, HookPost
from sync.times import stamp

TRIAL = "trial"
SEVEREST = 3
COLUMNS = ("rid", "org", "received_at", "code", "state", "severity", "standing")
_NAMES = Event.__table__.columns.keys()
_of = itemgetter(*map(_NAMES.index, COLUMNS))


class Seen(NamedTuple):
    """What of an event's row decides who is told."""

    rid: bytes
    org: str
    received_at: datetime
    code: str | None
    state: str
    severity: int
    standing: str | None


def of_events(session: Session, rows: Iterable[tuple]) -> None:
    """Note what hooks want to know of these rows of events, just written."""
    told = [(seen, event) for row in rows for seen in [Seen(*_of(row))] for event in _of_one(seen)]
    if not told:
        return
    hooks = _hooks(session)
    now = datetime.now(UTC)
    posts = [
        _post(hook, event, UUID(bytes=seen.rid).hex, _record(seen), now)
        for seen, event in told
        for hook in hooks
        if hook.org == seen.org and event in hook.events and _is_news(seen, event, hook, now)
    ]
    _keep(session, posts)


def of_week(event: str, week: str, key: str, now: datetime) -> None:
    """Note that a week was frozen, or its decision (number `key`) taken: for every organisation."""
    if event not in (FROZEN, DECIDED):
        raise ValueError(f"{event!r} does not happen to a week")
    with writing() as session:
        hooks = [hook for hook in _hooks(session) if event in hook.events]
        _keep(session, [_post(hook, event, key, {"week": week}, now) for hook in hooks])


def trial(hook: Hook, now: datetime) -> None:
    """Note something to be told that means nothing, to see whether it arrives."""
    with writing() as session:
        _keep(session, [_post(hook, TRIAL, str(uuid_utils.uuid7()), {}, now)])


def _is_news(seen: Seen, event: str, hook: Hook, now: datetime) -> bool:
    """What came after the hook was made: a rebuild is no news. Nor is what came so long ago that
    nobody knows any more whether it was told; a fault may be seen fixed much later, and that is
    never forgotten.
    """
    is_recent = event == FIXED or seen.received_at > now - KEPT
    return is_recent and seen.received_at >= hook.created_at


def _of_one(seen: Seen) -> Iterator[str]:
    if seen.code is not None or seen.state == "withdrawn":
        return
    if seen.severity == SEVEREST:
        yield ACUTE
    if seen.standing is not None:
        yield FIXED if seen.standing == "fixed" else FAULT


def _record(seen: Seen) -> dict[str, str]:
    id = str(UUID(bytes=seen.rid))
    return {"id": id, "read": f"/features/collections/events/items/{id}"}


def _hooks(session: Session) -> list[Hook]:
    return list(session.scalars(select(Hook).where(Hook.ended_at.is_(None))))


def _post(hook: Hook, event: str, key: str, data: dict[str, str], now: datetime) -> dict:
    body = {"type": event, "timestamp": stamp(now), "data": data}
    return {
        "id": str(uuid5(UUID(hook.id), f"{event} {key}")),
        "hook": hook.id,
        "event": event,
        "body": json.dumps(body, separators=(",", ":")),
        "made_at": now,
        "tries": 0,
        "next_at": now,
    }


def _keep(session: Session, posts: list[dict]) -> None:
    """In the order of ids, so that two transactions never wait for each other in a ring."""
    if posts:
        ordered = sorted(posts, key=itemgetter("id"))
        session.execute(insert_new(HookPost.__table__).values(ordered))
