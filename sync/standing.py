"""A visit or an event as it now stands: a function of the set of records about it, never of the
order in which they came. Knows no store and reads no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sync.records import Record, rid_bytes
from sync.records.correction import amended_by

FOUNDING = frozenset(("visit", "event"))
FROM_LEAVE = ("ended_at", "ended_by", "climate", "contacts", "nothing_observed", "note")
_STRENGTH = {"tap": 0, "backfill": 1, "auto": 2}


class Arrived(NamedTuple):
    """A record as it stands in a store: the entry's id, the payload's digest, the record."""

    id: int
    digest: bytes
    record: Record


@dataclass(frozen=True, slots=True)
class Standing:
    """`body` is whole and as on the wire: the last amendment, with the leave merged in.

    `state`: running, ended or withdrawn for a visit; stands or withdrawn for an event.
    `seen`: digest that a further amendment should name as its base. `leave`: rid of the leave
    that ended it. `fixed`: some resolve says so. `into`: rid of the record it was merged into.
    `shared`: organisations that its own organisation has shown it to.
    """

    founder: Arrived
    body: dict[str, Any]
    state: str
    seen: bytes
    amended: bool = False
    conflict: bool = False
    review: str = "new"
    fixed: bool = False
    confirmed: bool = False
    leave: bytes | None = None
    into: bytes | None = None
    shared: tuple[str, ...] = ()

    @property
    def t(self) -> str:
        return self.founder.record.t

    @property
    def rid(self) -> bytes:
        return self.founder.record.rid


def stand(arrived: Iterable[Arrived]) -> Standing | None:
    """How the one visit or event that `arrived` is about now stands; None while it isn't there.

    Takes all records with that subject, and the withdrawals of any of them; what stands in
    quarantine is left out by the caller, but for the founder.
    """
    arrived = list(arrived)
    if len(arrived) == 1:
        return _alone(arrived[0])
    records = {(each.record.rid, each.digest): each for each in arrived}
    family = sorted(records.values(), key=lambda each: (each.record.rid, each.digest))
    founder = next((each for each in family if each.record.t in FOUNDING), None)
    if founder is None:
        return None
    gone = _withdrawn(family)
    rest = [each for each in family if each is not founder and each.record.rid not in gone]
    body, seen, conflict = _amended(founder, rest)
    leave = None
    if founder.record.t == "visit":
        body, leave, torn = _ended(body, rest)
        conflict = conflict or torn
    return Standing(
        founder=founder,
        body=body,
        state=_state(founder, body, gone),
        seen=seen,
        amended=seen != founder.digest,
        conflict=conflict,
        review=_review(rest),
        fixed=any(each.record.t == "resolve" for each in rest),
        confirmed=any(each.record.t == "confirm" for each in rest),
        leave=leave,
        into=_merged_into(rest),
        shared=_shared(founder, rest),
    )


def _alone(only: Arrived) -> Standing | None:
    """What nobody speaks of yet: by far the commonest case."""
    record = only.record
    if record.t not in FOUNDING:
        return None
    return Standing(only, record.body, _state(only, record.body, set()), only.digest)


def _withdrawn(family: list[Arrived]) -> set[bytes]:
    """The rids that their own authors took back. A withdrawal itself is final."""
    authors = {each.record.rid: each.record.by for each in family if each.record.t != "withdraw"}
    return {
        each.record.subject
        for each in family
        if each.record.t == "withdraw" and authors.get(each.record.subject) == each.record.by
    }


def _amended(founder: Arrived, rest: list[Arrived]) -> tuple[dict[str, Any], bytes, bool]:
    """(body, digest it comes from, conflict): follows each content to the one that amends it.

    Two amendments of one content stop there; one whose base is not here yet waits. Who amends
    a visit may have seen its leave: that names the same content as the visit itself.
    """
    amendments: dict[bytes, list[Arrived]] = {}
    alias = {each.digest: founder.digest for each in rest if each.record.t == "leave"}
    for each in rest:
        record = each.record
        if (
            record.t == "amend"
            and record.by == founder.record.by
            and amended_by(record.body["body"]) == founder.record.t
        ):
            base = bytes.fromhex(record.body["base"])
            amendments.setdefault(alias.get(base, base), []).append(each)
    stands, seen = founder.record.body, founder.digest
    while True:
        # Taken out as they are followed: made-up bases could go round in a circle.
        following = amendments.pop(seen, [])
        if len(following) != 1:
            return stands, seen, len(following) > 1
        seen, stands = following[0].digest, following[0].record.body["body"]


def _ended(body: dict[str, Any], rest: list[Arrived]) -> tuple[dict[str, Any], bytes | None, bool]:
    """(body with the strongest end merged in, rid of its leave, whether two taps compete).

    An end that the body itself carries was written knowing the leaves, or before any.
    """
    leaves = [each.record for each in rest if each.record.t == "leave"]
    if body.get("ended_at") is not None or not leaves:
        return body, None, False
    strongest = min(_STRENGTH[each.body["ended_by"]] for each in leaves)
    rivals = [each for each in leaves if _STRENGTH[each.body["ended_by"]] == strongest]
    leave = min(rivals, key=lambda each: each.rid)
    merged = {**body, **{key: leave.body.get(key) for key in FROM_LEAVE}}
    return merged, leave.rid, strongest == 0 and len(rivals) > 1


def _state(founder: Arrived, body: dict[str, Any], gone: set[bytes]) -> str:
    if founder.record.rid in gone:
        return "withdrawn"
    if founder.record.t == "event":
        return "stands"
    return "running" if body.get("ended_at") is None else "ended"


def _review(rest: list[Arrived]) -> str:
    """The latest word of the desk; `rest` is in the order of rids, which stores' clocks make."""
    state = "new"
    for each in rest:
        if each.record.t == "review":
            state = each.record.body["state"]
        elif each.record.t == "return":
            state = "returned"
    return state


def _merged_into(rest: list[Arrived]) -> bytes | None:
    """The latest word, as in `_review`."""
    merges = [each.record.body.get("into") for each in rest if each.record.t == "merge"]
    return rid_bytes(merges[-1]) if merges and merges[-1] else None


def _shared(founder: Arrived, rest: list[Arrived]) -> tuple[str, ...]:
    """Only its own organisation may show it to another; the latest word to each holds."""
    shown = {
        each.record.body["with"]: not each.record.body.get("ends")
        for each in rest
        if each.record.t == "share" and each.record.org == founder.record.org
    }
    return tuple(sorted(org for org, still in shown.items() if still))
