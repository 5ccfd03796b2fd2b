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
from fieldlog.store.projection.family import are_alone
from fieldlog.store.reference import Known
from fieldlog.store.tables import Branch, Entry, Log

BATCH = 2_000
ASIDE = frozenset(("open", "close", "release"))  # these bear on no visit or event


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
    kept: Sequence[Arrived] = (),
    branches: bool = True,
    progress: Callable[[int], object] = lambda _: None,
) -> int:
    """Project what is new of one log and its branches; how many entries that were.

    `kept`: entries just accepted, so that they need not be fetched again. `branches`: whether
    there may be any to look for.
    """
    done, reader = 0, reader or Reader()
    behind = True
    while behind:
        took, behind = _step_main(log_id, reader, kept)
        done, kept = done + took, ()
        progress(took)
    for number in _branches(log_id) if branches else ():
        took = _step_branch(log_id, number, reader)
        done += took
        progress(took)
    return done


def _step_main(log_id: int, reader: Reader, kept: Sequence[Arrived]) -> tuple[int, bool]:
    """Project a batch of the log itself: how many entries, and whether more wait."""
    with writing(durable=False) as session:
        log = logrow.lock(session, log_id)
        start = log.projected
        if start >= log.have:
            return 0, False
        if kept and kept[0].seq == start + 1:
            batch = kept
        else:
            batch = _entries(session, reader, log_id, 0, start)
        later = _apply(session, log, batch, Known(session))
        last = batch[-1].seq if batch else log.have
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
        later = _apply(session, log, batch, Known(session))
    with writing(durable=False) as session:
        logrow.lock(session, log_id)
        standings.again(session, later, Known(session), reader)
        done = sa.update(Branch).where(*this, Branch.head_seq == head)
        session.execute(done.values(projected=True))
    return len(batch)


def _apply(session: Session, log: LogRow, batch: Sequence[Arrived], known: Known) -> set[bytes]:
    """Judge a batch and write what nothing else bears on; the rids to be worked out anew.

    Those come in a transaction of their own: who holds new rows must not wait for locks that
    another, waiting for those rows, may hold.
    """
    verdicts = [v for each in batch if (v := judging.verdict(each, log.device, known))]
    codes = judging.put_aside(session, verdicts, known)
    counting = [each for each in batch if each.record and each.id not in codes]
    _note(log, counting)
    releases = [each for each in counting if each.record.t == "release"]
    changed = judging.release(session, releases)
    bearing = [each for each in batch if each.record and each.record.t not in ASIDE]
    alone, others = are_alone(session, bearing)
    ours = [each for each in bearing if each.record.subject in alone]
    made = standings.fresh(ours, log.device, codes, known)
    if not standings.insert(session, made):
        others |= alone
    return others | changed


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
