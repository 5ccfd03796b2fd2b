"""Stretches of a line [from, to): their union, what of them lies inside others, and the gaps.

Works on anything that is ordered and can be subtracted (numbers, moments of one clock). Two
moments that carry the same zone are subtracted by the wall clock in Python, so moments come here
in UTC: see `instant`.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

Span = tuple[Any, Any]

MINUTE = timedelta(minutes=1)


def instant(moment: datetime) -> datetime:
    """The moment in UTC. Raises ValueError for one without a zone."""
    if moment.tzinfo is UTC:
        return moment  # most are, and a week has thousands
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} has no zone: nobody knows when that was")
    return moment.astimezone(UTC)


def union(spans: Iterable[Span], bridging: Any = None) -> list[Span]:
    """The spans as few that neither touch nor overlap, in order.

    With `bridging`, a gap shorter than it is closed too (one as long is not).
    """
    merged: list[Span] = []
    for begins, ends in sorted(spans):
        if merged and _joins(begins, merged[-1][1], bridging):
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((begins, ends))
    return merged


def covered(spans: Iterable[Span]) -> Any:
    """Length of the union: Σ (to − from) over `union`. 0 when there is none.

    [(0, 15), (5, 20)] → 20.
    """
    lengths = [ends - begins for begins, ends in union(spans)]
    return sum(lengths[1:], lengths[0]) if lengths else 0


def clip(spans: Iterable[Span], within: Span) -> list[Span]:
    """What of each span lies inside `within`; those wholly outside are left out."""
    first, last = within
    cut = ((max(begins, first), min(ends, last)) for begins, ends in spans)
    return [(begins, ends) for begins, ends in cut if begins < ends]


def gaps(spans: Iterable[Span], within: Span) -> list[Span]:
    """The stretches of `within` that no span covers, in order."""
    free, since = [], within[0]
    for begins, ends in union(clip(spans, within)):
        if since < begins:
            free.append((since, begins))
        since = ends
    return [*free, (since, within[1])] if since < within[1] else free


def minutes(length: timedelta | int) -> float:
    """A length of time in minutes; the 0 of `covered` for none at all stays 0."""
    return length / MINUTE if isinstance(length, timedelta) else float(length)


def _joins(begins: Any, ended: Any, bridging: Any) -> bool:
    return begins <= ended or (bridging is not None and begins - ended < bridging)
