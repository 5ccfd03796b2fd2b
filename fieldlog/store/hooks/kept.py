"""The hooks themselves: an address, what it is told of, and the secret that signs it."""

from base64 import b64encode
from datetime import datetime, timedelta
from secrets import token_bytes

import uuid_utils
from sqlalchemy import select, update

from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Hook

ACUTE, FAULT, FIXED = "event.acute", "event.fault", "event.fixed"
FROZEN, DECIDED = "week.frozen", "week.decided"
EVENTS = (ACUTE, FAULT, FIXED, FROZEN, DECIDED)
SECRET_BYTES = 32
KEPT = timedelta(days=90)  # how long it stands what a hook was told


def add(org: str, url: str, events: list[str], by: str, now: datetime) -> Hook:
    """A new hook of the organisation, with a secret of its own. ValueError: no such event."""
    if not events or not set(events) <= set(EVENTS):
        raise ValueError(f"a hook is told of some of {', '.join(EVENTS)}")
    hook = Hook(
        id=str(uuid_utils.uuid7()),
        org=org,
        url=url,
        events=events,
        secret="whsec_" + b64encode(token_bytes(SECRET_BYTES)).decode(),
        by=by,
        created_at=now,
    )
    with writing() as session:
        session.add(hook)
        session.flush()
        session.expunge(hook)
    return hook


def listed(orgs: tuple[str, ...]) -> list[Hook]:
    """The hooks of these organisations that have not ended, newest first."""
    wanted = select(Hook).where(Hook.org.in_(orgs), Hook.ended_at.is_(None))
    return list(reading().scalars(wanted.order_by(Hook.created_at.desc())))


def end(hook: str, now: datetime) -> None:
    """Tell it nothing any more, nor what still waits."""
    with writing() as session:
        session.execute(update(Hook).where(Hook.id == hook).values(ended_at=now))
