"""Whether a readable record may count, by the reference data a store has..

Every store judges by this, again after every change of its reference data; the centre's verdict
outranks a node's. A verdict sends to quarantine and never refuses.
"""

from typing import Any, NamedTuple, Protocol

from sync import brake
from sync.records import Record

OF_THE_LOG = frozenset(("open", "close"))
OF_THE_DESK = frozenset(("release", "review", "merge", "share", "return", "comment", "erase"))
_DESK_ROLES = frozenset(("supervisor", "coordinator", "admin"))
_FREE_TEXTS = ("note", "why", "text", "ground")


class Author(NamedTuple):
    """An account as far as judging goes."""

    org: str
    roles: frozenset[str]


class Reference(Protocol):
    """What a store knows of the world. Codes and accounts no longer in use stay known."""

    def place(self, code: str) -> bool: ...

    def category(self, code: str) -> bool: ...

    def author(self, by: str) -> Author | None: ...

    def enrolled(self, device: str, by: str) -> bool:
        """Whether the account may write on the device; any may on a store's own."""
        ...

    def is_store(self, device: str) -> bool:
        """Whether the device is a store, in whose log supervisors' acts are written."""
        ...


class Verdict(NamedTuple):
    """Why a record stands in quarantine: a code of the protocol and a sentence."""

    code: str
    message: str


def judge(
    record: Record, reference: Reference, *, device: str, revoked: bool = False
) -> Verdict | None:
    """None when the record counts. `device`: whose log it stands in. `revoked`: whether that
    device's token was revoked when the entry came."""
    if revoked:
        return Verdict("revoked", "it came from a device after it was revoked")
    if record.t in OF_THE_LOG:
        return None
    return _author(record, reference, device) or _content(record.body, reference)


def _author(record: Record, reference: Reference, device: str) -> Verdict | None:
    author = reference.author(record.by)
    if author is None:
        return Verdict("unknown_author", f"account {record.by!r} is not known here")
    if author.org != record.org:
        return Verdict("not_allowed", f"the author is not of the organisation {record.org!r}")
    if not reference.enrolled(device, record.by):
        return Verdict("not_allowed", "the author is not enrolled on the device")
    if record.t in OF_THE_DESK:
        if not reference.is_store(device):
            return Verdict("not_allowed", f"{record.t!r} is written in a store's log only")
        if not author.roles & _DESK_ROLES:
            return Verdict("not_allowed", f"the author's role may not write {record.t!r}")
    return None


def _content(body: dict[str, Any], reference: Reference) -> Verdict | None:
    place, category = body.get("place"), body.get("category")
    if place is not None and not reference.place(place):
        return Verdict("unknown_place", f"place {place!r} is not known here")
    if category is not None and not reference.category(category):
        return Verdict("unknown_category", f"category {category!r} is not known here")
    for key in _FREE_TEXTS:
        text = body.get(key)
        if text and brake.stops(text):
            return Verdict("personal_data", f"{key} holds what looks like a personal number")
    amended = body.get("body")
    return _content(amended, reference) if isinstance(amended, dict) else None
