"""Records that may tell of the same: near in time, at the same place or of the same kind."""

from dataclasses import dataclass
from datetime import timedelta

from fieldlog.review import names, rows
from fieldlog.store import listing
from fieldlog.store.record import History

HOURS = timedelta(hours=6)
READ, SHOWN = 200, 12


@dataclass(frozen=True)
class Near:
    """One that may be meant: its id, and what it says in a line."""

    rid: str
    what: str


def near(history: History, orgs: tuple[str, ...]) -> list[Near]:
    """Those one may see, the nearest in time first. What is a double itself stands for nothing."""
    row = history.row
    wanted = listing.Filters(
        orgs=orgs,
        shared_to=orgs,
        kind=history.kind,
        since=row.observed_at - HOURS,
        until=row.observed_at + HOURS,
    )
    found = [
        one.row
        for one in listing.page(wanted, limit=READ).records
        if one.row.rid != row.rid and one.row.merged_into is None and _alike(one.row, row)
    ]
    found.sort(key=lambda one: abs(one.observed_at - row.observed_at))
    return [Near(one.rid.hex(), _says(history.kind, one)) for one in found[:SHOWN]]


def _alike(one, other) -> bool:
    same_kind = hasattr(one, "category") and _tile(one.category) == _tile(other.category)
    return same_kind or (one.place is not None and one.place == other.place)


def _tile(category: str) -> str:
    return category.partition(".")[0]


def _says(kind: str, row) -> str:
    return f"{rows.says(kind, row)} · {names.organisation(row.org)}"
