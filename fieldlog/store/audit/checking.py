"""Finds what was done to the audit log itself: rows changed, taken out, cut off or written anew.

A row that was changed or taken out breaks the chain. A log that was cut, or written anew as a
whole, is sound in itself: only a head that was handed out before tells. Changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

import sqlalchemy as sa

from fieldlog.store.audit import chain
from fieldlog.store.audit.kept import Head
from fieldlog.store.database import reading
from fieldlog.store.tables import Audit, Night

BATCH = 5_000
_ROWS = Audit.__table__


def faults(
    heads: Iterable[Head] = (), progress: Callable[[int], object] = lambda _: None
) -> list[str]:
    """Every fault as a sentence. `heads`: handed out earlier; those of the nights are taken too."""
    handed = {head.seq: head for head in (*_of_nights(), *heads)}
    found, last = [], Head(0, chain.GENESIS)
    for row in _rows(progress):
        if row["seq"] != last.seq + 1:
            found.append(f"audit log: row {last.seq + 1} is missing, {row['seq']} is next")
            break
        kept = row["hash"]
        if chain.link(last.hash, row) != kept:
            found.append(f"audit log: row {row['seq']} is not what was written")
            break
        last = Head(row["seq"], kept)
        found += _rewritten(last, handed)
    found += _cut(last, handed) if not found else []
    return found


def _rewritten(here: Head, handed: Mapping[int, Head]) -> Iterator[str]:
    given = handed.get(here.seq)
    if given is not None and given != here:
        yield f"audit log: row {here.seq} is not the one whose hash was handed out: written anew"


def _cut(last: Head, handed: Mapping[int, Head]) -> Iterator[str]:
    furthest = max(handed, default=0)
    if furthest > last.seq:
        yield f"audit log: it ends at row {last.seq}, but row {furthest} was handed out: cut off"


def _rows(progress: Callable[[int], object]) -> Iterator[Mapping]:
    after = 0
    wanted = sa.select(_ROWS).order_by(_ROWS.c.seq).limit(BATCH)
    while True:
        found = reading().execute(wanted.where(_ROWS.c.seq > after)).mappings().all()
        yield from found
        progress(len(found))
        if len(found) < BATCH:
            return
        after = found[-1]["seq"]


def _of_nights() -> Iterator[Head]:
    """The heads that this store's nights have shown."""
    for detail in reading().scalars(sa.select(Night.detail).where(Night.detail.is_not(None))):
        if detail and detail.get("audit"):
            yield Head.read(detail["audit"])
