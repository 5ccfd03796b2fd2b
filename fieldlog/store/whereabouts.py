"""How far the entries of a list have come: through which node, and whether to the centre.

Knows nothing of what they say.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Entry, Log


@dataclass(frozen=True)
class Whereabouts:
    """Of one entry."""

    via_node: str | None = None
    at_centre: bool = False


def of(entries: list[int], *, at_centre: bool) -> dict[int, Whereabouts]:
    """Of each of these; `at_centre`: this store is the centre."""
    told = sa.select(Entry.id, Entry.branch, Entry.seq, Log.via_node, Log.up_have)
    told = told.join(Log, Log.id == Entry.log_id).where(Entry.id.in_(entries))
    return {
        id: Whereabouts(via, at_centre or (branch == 0 and seq <= (answered or 0)))
        for id, branch, seq, via, answered in reading().execute(told)
    }
