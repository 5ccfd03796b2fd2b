"""Records that a supervisor sent back, and to whom: read from the acts in this store's own log.

One is over once a correction or a withdrawal by its author, or a release, came after it. Knows
nothing of bundles, and nothing of who may send back.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from fieldlog.store.database import reading
from fieldlog.store.tables import Account, DeviceAccount, Entry, Log, Quarantine

MOST = 500  # what stands open at a time; older ones have long been answered some other way
ANSWERS = ("amend", "withdraw", "release")


@dataclass(frozen=True)
class Returned:
    """`id` of the act, `rid` of the record. `to`: the accounts that are asked."""

    id: str
    rid: str
    text: str
    at: datetime
    by: str
    name: str
    to: tuple[str, ...]

    def told(self) -> dict:
        """As a message to its author."""
        return {
            "id": self.id,
            "kind": "return",
            "rid": self.rid,
            "text": self.text,
            "at": self.at.isoformat(),
            "from": self.name,
            "by": self.by,
        }


def standing() -> list[Returned]:
    """All that were sent back and not answered since, newest first."""
    acts = [(act, json.loads(act.payload)) for act in reading().execute(_ACTS)]
    authors = _authors({act.subject for act, _ in acts})
    names = _names({said["by"] for _, said in acts})
    return [
        Returned(
            id=str(UUID(bytes=act.rid)),
            rid=str(UUID(bytes=act.subject)),
            text=said["body"]["text"],
            at=act.received_at,
            by=said["by"],
            name=names.get(said["by"], said["by"]),
            to=authors.get(act.subject, ()),
        )
        for act, said in acts
    ]


def of(subjects: Iterable[bytes]) -> dict[bytes, Returned]:
    """The latest that stands, by the rid of the record it is about."""
    wanted = {str(UUID(bytes=each)): each for each in subjects}
    return {wanted[one.rid]: one for one in reversed(standing()) if one.rid in wanted}


def _authors(rids: set[bytes]) -> dict[bytes, tuple[str, ...]]:
    """Who is to be asked about a record: its author, if enrolled on the phone it came from.

    Where the bytes name nobody who is, everyone who writes on that phone.
    """
    firsts = sa.select(sa.func.min(Entry.id)).where(Entry.rid.in_(rids)).group_by(Entry.rid)
    wanted = (
        sa.select(Entry.rid, Entry.payload, Log.device)
        .join(Log, Log.id == Entry.log_id)
        .where(Entry.id.in_(firsts))
    )
    found = {}
    for rid, payload, device in reading().execute(wanted):
        there = reading().scalars(
            sa.select(DeviceAccount.account).where(DeviceAccount.device == device)
        )
        accounts = tuple(sorted(there))
        author = _named(payload)
        found[rid] = (author,) if author in accounts else accounts
    return found


def _names(accounts: set[str]) -> dict[str, str]:
    wanted = sa.select(Account.id, Account.name).where(Account.id.in_(accounts))
    return dict(reading().execute(wanted).all())


def _named(payload: bytes | None) -> str | None:
    try:
        said = json.loads(payload or b"null")
    except (ValueError, RecursionError):
        return None
    return said.get("by") if isinstance(said, dict) else None


def _acts() -> sa.Select:
    answer = aliased(Entry)
    answered = (
        sa.select(answer.id)
        .where(answer.subject == Entry.subject, answer.id > Entry.id, answer.type.in_(ANSWERS))
        .exists()
    )
    aside = sa.select(Quarantine.entry_id).where(
        Quarantine.entry_id == Entry.id, Quarantine.released_at.is_(None)
    )
    return (
        sa.select(Entry.rid, Entry.subject, Entry.payload, Entry.received_at)
        # Written out: only then does either database know that the index serves.
        .where(sa.text("entries.type = 'return'"), Entry.payload.is_not(None))
        .where(~answered, ~aside.exists())
        .order_by(Entry.id.desc())
        .limit(MOST)
    )


_ACTS = _acts()
