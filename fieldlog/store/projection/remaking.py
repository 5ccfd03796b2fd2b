"""Makes the projections again: all of them from the entries, or the verdicts with new knowledge.

Knows nothing of how entries came.
"""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import entries
from fieldlog.store.arrived import Reader
from fieldlog.store.blobs import named
from fieldlog.store.database import writing
from fieldlog.store.projection import judging, standings
from fieldlog.store.projection.following import catch_up
from fieldlog.store.quarantine import RID_CONFLICT
from fieldlog.store.reference import Known
from fieldlog.store.tables import Branch, Entry, Event, Log, NoteWord, Quarantine, Visit

BATCH = 1_000


def rebuild(progress: Callable[[int], object] = lambda _: None) -> None:
    """Forget every visit, event, searched word, verdict and named photo, and make them again.

    A crash leaves it to catch_up.
    """
    with writing() as session:
        for table in (Visit, Event, NoteWord, Quarantine):
            session.execute(sa.delete(table))
        session.execute(
            sa.update(Log).values(projected=0, opened=None, previous=None, closed=False)
        )
        session.execute(sa.update(Branch).values(projected=False))
        named.again(session)
    catch_up(progress)


def rejudge(progress: Callable[[int], object] = lambda _: None) -> None:
    """Judge all that stands in quarantine anew: to be called when reference data has changed.

    What counts already goes on counting: codes and accounts once known stay known.
    """
    last = 0
    while True:
        with writing() as session:
            judging.hold_still(session, alone=True)
            found = _standing(session, last)
            if not found:
                return
            _judge_anew(session, found)
            last = found[-1][0].id
        progress(len(found))


def _standing(session: Session, after: int) -> list[tuple[Entry, Quarantine, str | None]]:
    """The next that stand for a reason that may have changed."""
    wanted = (
        sa.select(Entry, Quarantine, Log.device)
        .join(Quarantine, Quarantine.entry_id == Entry.id)
        .join(Log, Log.id == Entry.log_id)
        .where(Entry.id > after, Quarantine.released_at.is_(None))
        .where(Quarantine.code != RID_CONFLICT)
        .order_by(Entry.id)
        .limit(BATCH)
    )
    return session.execute(wanted).all()


def _judge_anew(session: Session, found: list[tuple[Entry, Quarantine, str | None]]) -> None:
    known, reader, changed, releases = Known(session), Reader(), set(), []
    for entry, _, _ in found:
        entries.index(entry, reader)  # a newer program may read what an older one could not
    session.flush()
    subjects = {entry.subject for entry, _, _ in found if entry.subject}
    standings.lock(session, subjects, reader)
    for entry, held, device in found:
        each = reader.row(entry)
        verdict = judging.verdict(each, device, known)
        if verdict is None:
            session.delete(held)
            releases += [each] if each.record.t == "release" else []
        else:
            _, held.code, held.message = verdict
        if entry.subject:
            changed.add(entry.subject)
    session.flush()
    changed |= judging.release(session, releases)
    standings.again(session, changed, known, reader)
