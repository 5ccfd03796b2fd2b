"""Words to the people on phones: from the coordinator, and what their reports led to.

They stand for a month or until taken down. Knows nothing of bundles, and nothing of who may write.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import uuid_utils
from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Account, Message

KINDS = ("word", "outcome")
STANDS = timedelta(days=30)
MOST = 100


@dataclass(frozen=True)
class Told:
    """One message with the names it needs. `name` wrote it; `reader` is whom it is for, if one."""

    id: str
    kind: str
    text: str
    at: datetime
    by: str
    name: str
    org: str | None
    account: str | None
    reader: str | None
    ended_at: datetime | None


def add(
    text: str, kind: str, by: str, now: datetime, org: str | None = None, account: str | None = None
) -> str:
    """Tell it: to an account, an organisation, or everyone; its id."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of message: one of {', '.join(KINDS)}")
    id = str(uuid_utils.uuid7())
    row = Message(id=id, kind=kind, text=text, by=by, at=now, org=org, account=account)
    with writing() as session:
        session.add(row)
    return id


def end(id: str, now: datetime) -> None:
    """Take it down: phones no longer show it. It stays here, with its end."""
    with writing() as session:
        session.get_one(Message, id).ended_at = now


def standing(now: datetime) -> list[Told]:
    """Those that phones are to show, newest first."""
    return _found(Message.ended_at.is_(None), Message.at > now - STANDS)


def listed(orgs: tuple[str, ...]) -> list[Told]:
    """The latest to everyone, to these organisations or to somebody in them, newest first."""
    to_all = Message.org.is_(None) & Message.account.is_(None)
    return _found(or_(to_all, Message.org.in_(orgs), _READER.org.in_(orgs)))


def _found(*conditions) -> list[Told]:
    wanted = (
        select(Message, _WRITER.name, _READER.name)
        .join(_WRITER, _WRITER.id == Message.by)
        .outerjoin(_READER, _READER.id == Message.account)
        .where(*conditions)
        .order_by(Message.at.desc(), Message.id.desc())
        .limit(MOST)
    )
    return [_told(*row) for row in reading().execute(wanted)]


def _told(row: Message, name: str, reader: str | None) -> Told:
    return Told(
        row.id, row.kind, row.text, row.at, row.by, name, row.org, row.account, reader, row.ended_at
    )


_WRITER = aliased(Account)
_READER = aliased(Account)
