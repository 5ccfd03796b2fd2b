"""The bundle `conditions`: what is wrong at a place until seen fixed, for those who saw it.

An organisation's phones get its own; a node gets all, and adds what it has heard since. Knows no
note and no author.
"""

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import aliased

from fieldlog.store import people
from fieldlog.store.bundles.held import value
from fieldlog.store.database import reading
from fieldlog.store.tables import Entry, Event, Quarantine
from fieldlog.store.weeks import counted
from sync.records import rid_bytes

MOST = 500  # an organisation's latest; a list longer than that is no help on a phone


def for_node() -> list[dict]:
    """Every organisation's, each with its `org`."""
    return [{**one, "org": org.code} for org in people.orgs() for one in for_org(org.code)]


def for_org(org: str) -> list[dict]:
    """The open ones of an organisation, the latest first: this store's, and the centre's."""
    here = {one["rid"]: one for one in _open(org)}
    told = (value("conditions") or {"conditions": []})["conditions"]
    told = [one for one in told if one["org"] == org and one["rid"] not in here]
    over = _spoken_of(one["rid"] for one in told)
    rest = [_plain(one) for one in told if one["rid"] not in over]
    return sorted([*here.values(), *rest], key=lambda one: (one["since"], one["rid"]), reverse=True)


def _plain(one: dict) -> dict:
    return {key: said for key, said in one.items() if key != "org"}


def _open(org: str) -> list[dict]:
    wanted = (
        select(Event.rid, Event.place, Event.category, Event.observed_at)
        .where(Event.org == org, text("events.standing = 'open'"), Event.state == "stands")
        .where(Event.place.is_not(None), *counted.sound(Event, (org,)))
        .order_by(Event.observed_at.desc(), Event.rid)
        .limit(MOST)
    )
    rows = reading().execute(wanted).all()
    seen = _confirmed([row.rid for row in rows])
    return [
        {
            "rid": str(UUID(bytes=row.rid)),
            "place": row.place,
            "category": row.category,
            "since": row.observed_at.isoformat(),
            "seen": seen.get(row.rid),
        }
        for row in rows
    ]


def _confirmed(rids: list[bytes]) -> dict[bytes, str]:
    """When each was last seen to be still so, if it was."""
    seen: dict[bytes, str] = {}
    for subject, payload in reading().execute(_about(rids, "confirm")):
        at = json.loads(payload)["at"]
        seen[subject] = max(at, seen.get(subject, at), key=datetime.fromisoformat)
    return seen


def _spoken_of(rids) -> set[str]:
    """Those that were seen fixed, or taken back, since the centre told of them."""
    wanted = _about([rid_bytes(rid) for rid in rids], "resolve", "withdraw")
    return {str(UUID(bytes=subject)) for subject, _payload in reading().execute(wanted)}


def _about(rids: list[bytes], *types: str):
    """What such entries say of these, but for those in quarantine and those taken back."""
    undo = aliased(Entry)
    undone = select(undo.id).where(undo.subject == Entry.rid, undo.type == "withdraw")
    aside = select(Quarantine.entry_id).where(
        Quarantine.entry_id == Entry.id, Quarantine.released_at.is_(None)
    )
    return select(Entry.subject, Entry.payload).where(
        Entry.subject.in_(rids),
        Entry.type.in_(types),
        Entry.payload.is_not(None),
        ~aside.exists(),
        ~undone.exists(),
    )
