"""Runs of entries that do not fit their log, kept apart: a clone's, a restored phone's.

Knows the log's row number, not who pushes.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import entries
from fieldlog.store.arrived import Reader
from fieldlog.store.tables import Branch, Entry
from sync import ports


def keep(
    session: Session,
    log_id: int,
    apart: Sequence[ports.Entry],
    prev: bytes,
    now: datetime,
    reader: Reader,
    again: Callable[[Entry], None],
) -> bool:
    """Keep entries once each by (log, seq, hash); True if anything was new.

    What is held already, in the log itself or in another branch, is not kept again: a new
    branch begins where the entries part from all that is known, and one that is known to its
    head is continued. `again` is told of each entry whose payload was filled in.
    """
    held = _held(session, log_id, apart)
    news = False
    for index, entry in enumerate(apart):
        known = held.get((entry.seq, entry.hash))
        if known is None:
            before = apart[index - 1].hash if index else prev
            _extend(session, log_id, apart[index:], before, now, reader)
            return True
        if known.payload is None and entry.payload is not None:
            entries.fill(known, entry.payload, reader)
            again(known)
            news = True
    return news


def _held(session: Session, log_id: int, apart: Sequence[ports.Entry]) -> dict:
    """Entries of the same numbers, by (seq, hash), of the log and all its branches."""
    if not apart:
        return {}
    first, last = apart[0].seq, apart[-1].seq
    find = sa.select(Entry).where(Entry.log_id == log_id, Entry.seq.between(first, last))
    return {(row.seq, row.hash): row for row in session.scalars(find)}


def _extend(
    session: Session,
    log_id: int,
    apart: Sequence[ports.Entry],
    prev: bytes,
    now: datetime,
    reader: Reader,
) -> None:
    """Add entries none of which is held: equal hashes mean equal pasts, so nor is any after."""
    find = sa.select(Branch).where(Branch.log_id == log_id)
    ours = session.scalars(find).all()
    branch = next((each for each in ours if each.head == prev), None)
    if branch is None:
        branch = Branch(
            log_id=log_id,
            number=1 + max((each.number for each in ours), default=0),
            first=apart[0].seq,
            prev=prev,
            received_at=now,
        )
        session.add(branch)
    last = apart[-1]
    branch.head, branch.head_seq, branch.projected = last.hash, last.seq, False
    session.flush()
    entries.add(session, log_id, branch.number, apart, now, reader)


def project_again(session: Session, log_id: int, number: int) -> None:
    """Have the projection look at a branch once more."""
    find = sa.update(Branch).where(Branch.log_id == log_id, Branch.number == number)
    session.execute(find.values(projected=False))
