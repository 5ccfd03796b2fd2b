"""Follows the logs: what was accepted and not yet projected, in batches, by a watermark.

Knows nothing of what the rows look like.
"""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import logrow
from fieldlog.store.arrived import Arrived, Reader
from fieldlog.store.database import reading, writing
from fieldlog.store.logrow import LogRow
from fieldlog.store.projection import judging, standings
from fieldlog.store.projection.drafting import Draft, draft
from fieldlog.store.projection.family import are_alone
from fieldlog.store.projection.judging import Verdict
from fieldlog.store.reference import Known
from fieldlog.store.tables import Branch, Entry, Log

BATCH = 2_000


def catch_up(progress: Callable[[int], object] = lambda _: None) -> int:
    """Project all that was accepted and not projected; how many entries that were."""
    behind = sa.select(Log.id).where(Log.projected < Log.have)
    apart = sa.select(Branch.log_id).where(Branch.projected.is_(False))
    logs = reading().scalars(behind.union(apart)).all()
    reading().rollback()
    return sum(project(each, progress=progress) for each in logs)


def project(
    log_id: int,
    reader: Reader | None = None,
    drafted: Draft | None = None,
    branches: bool = True,
    progress: Callable[[int], object] = lambda _: None,
) -> int:
    """Project what is new of one log and its branches; how many entries that were.

    `drafted`: what was just accepted, worked out already. `branches`: whether there may be any
    to look for.
    """
    done, reader = 0, reader or Reader()
    behind = True
    while behind:
        took, behind = _step_main(log_id, reader, drafted)
        done, drafted = done + took, None
        progress(took)
    for number in _branches(log_id) if branches else ():
        took = _step_branch(log_id, number, reader)
        done += took
        progress(took)
    return done


def _step_main(log_id: int, reader: Reader, drafted: Draft | None) -> tuple[int, bool]:
    """Project a batch of the log itself: how many entries, and whether more wait."""
    with writing(durable=False) as session:
        log = logrow.lock(session, log_id)
        start = log.projected
        if start >= log.have:
            return 0, False
        if drafted is None or drafted.batch[0].seq != start + 1:
            batch = _entries(session, reader, log_id, 0, start)
            drafted = draft(batch, log.device, Known(session))
        later = _apply(session, log, drafted)
        last = drafted.batch[-1].seq if drafted.batch else log.have
        if not later:
            log.projected = last
        logrow.save_projected(session, log)
    if later:
        _work_out(log_id, reader, later, start, last)
    return last - start, last < log.have


def _work_out(log_id: int, reader: Reader, later: set[bytes], start: int, last: int) -> None:
    with writing(durable=False) as session:
        log = logrow.lock(session, log_id)
        standings.again(session, later, Known(session), reader)
        if log.projected == start:
            log.projected = last
            logrow.save_projected(session, log)


def _step_branch(log_id: int, number: int, reader: Reader) -> int:
    """Project a branch as a whole."""
    this = (Branch.log_id == log_id, Branch.number == number)
    with writing(durable=False) as session:
        log = logrow.lock(session, log_id)
        head = session.scalar(sa.select(Branch.head_seq).where(*this))
        batch = _entries(session, reader, log_id, number, 0, most=None)
        later = _apply(session, log, draft(batch, log.device, Known(session)))
    with writing(durable=False) as session:
        logrow.lock(session, log_id)
        standings.again(session, later, Known(session), reader)
        done = sa.update(Branch).where(*this, Branch.head_seq == head)
        session.execute(done.values(projected=True))
    return len(batch)


def _apply(session: Session, log: LogRow, drafted: Draft) -> set[bytes]:
    """Judge a batch and write what nothing else bears on; the rids to be worked out anew.

    Those come in a transaction of their own: who holds new rows must not wait for locks that
    another, waiting for those rows, may hold.
    """
    known, made = Known(session), drafted.rows
    codes = judging.put_aside(session, _confirmed(session, drafted, known), known)
    counting = [each for each in drafted.batch if each.record and each.id not in codes]
    _note(log, counting)
    changed = judging.release(session, [e for e in counting if e.record.t == "release"])
    bearing, doubted = drafted.bearing(), drafted.doubted()
    alone, others = are_alone(session, bearing)
    made.keep(alone)
    doubtful = [e for e in bearing if e.record.subject in alone and e.record.subject in doubted]
    standings.fresh(made, doubtful, drafted.device, codes, known)
    if not standings.insert(session, made):
        others |= alone
    return others | changed


def _confirmed(session: Session, drafted: Draft, known: Known) -> list[Verdict]:
    """The verdicts that still hold, now that no reference data can change under us."""
    if not drafted.verdicts:
        return []
    judging.hold_still(session)
    entries = [entry for entry, _, _ in drafted.verdicts]
    return [v for each in entries if (v := judging.verdict(each, drafted.device, known))]


def _note(log: LogRow, counting: Sequence[Arrived]) -> None:
    """What a log's own first and last entries say of it."""
    for each in counting:
        if each.branch == 0 and each.record.t == "open":
            previous = each.record.body.get("previous")
            log.opened = each.record.body["reason"]
            log.previous = previous["log"] if previous else None
        elif each.branch == 0 and each.record.t == "close":
            log.closed = True


def _branches(log_id: int) -> Sequence[int]:
    waiting = sa.select(Branch.number).where(Branch.log_id == log_id, ~Branch.projected)
    return reading().scalars(waiting.order_by(Branch.number)).all()


def _entries(
    session: Session, reader: Reader, log_id: int, branch: int, after: int, most: int | None = BATCH
) -> list[Arrived]:
    wanted = (
        sa.select(Entry)
        .where(Entry.log_id == log_id, Entry.branch == branch, Entry.seq > after)
        .order_by(Entry.seq)
        .limit(most)
    )
    return [reader.row(each) for each in session.scalars(wanted)]
