"""Judges entries as they are projected, and lets go what supervisors have released.

Knows nothing of visits and events as they stand.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import quarantine
from fieldlog.store.arrived import Arrived, Reader
from fieldlog.store.database import is_sqlite
from fieldlog.store.reference import Known
from fieldlog.store.tables import Entry, Log
from sync.judge import judge

JUDGING_LOCK = 5  # the first key of PostgreSQL's advisory locks: one number a purpose

Verdict = tuple[Arrived, str, str]


def verdict(entry: Arrived, device: str | None, known: Known) -> Verdict | None:
    """(entry, code, message) for what does not count; None for what does."""
    if entry.fault is not None:
        return entry, entry.fault.code, entry.fault.message
    if entry.record is None:
        return None
    owner = known.device(device)
    revoked_at = owner.revoked_at if owner else None
    revoked = revoked_at is not None and revoked_at <= entry.received_at
    found = judge(entry.record, known, device=device or "", revoked=revoked)
    return None if found is None else (entry, found.code, found.message)


def hold_still(session: Session, *, alone: bool = False) -> None:
    """Let no judging anew come between a verdict and its place in quarantine.

    Without it, a place added at that very moment would leave the entry where nobody looks
    again. `alone` is for who judges anew. SQLite writes one at a time anyway.
    """
    if not is_sqlite():
        kind = sa.func.pg_advisory_xact_lock if alone else sa.func.pg_advisory_xact_lock_shared
        session.execute(sa.select(kind(JUDGING_LOCK, 0)))


def put_aside(session: Session, verdicts: Sequence[Verdict], known: Known) -> dict[int, str]:
    """Quarantine entries, but for those a release names already; codes by entry of the rest."""
    if not verdicts:
        return {}
    entries = [entry for entry, _, _ in verdicts]
    quarantine.put(session, verdicts)
    release(session, _releases_of(session, entries, known))
    return quarantine.codes(session, [each.id for each in entries])


def release(session: Session, releases: Iterable[Arrived]) -> set[bytes]:
    """Let go what these records name; the subjects that change by it."""
    changed = set()
    for each in releases:
        body = each.record.body
        named = (
            sa.select(Entry.id, Entry.subject)
            .join(Log, Log.id == Entry.log_id)
            .where(
                Log.log == body["log"],
                Entry.seq == body["seq"],
                Entry.digest == bytes.fromhex(body["sha256"]),
            )
        )
        found = session.execute(named).all()
        quarantine.release(session, [id for id, _ in found], each.received_at)
        changed.update(subject for _, subject in found if subject is not None)
    return changed


def _releases_of(session: Session, entries: Sequence[Arrived], known: Known) -> list[Arrived]:
    """Releases that came before what they name. One without a rid is found among its like."""
    rids = {entry.record.subject for entry in entries if entry.record}
    rids |= {entry.fault.rid for entry in entries if entry.fault and entry.fault.rid}
    nameless = any(entry.fault and not entry.fault.rid for entry in entries)
    which = Entry.subject.in_(rids)
    wanted = (
        sa.select(Entry, Log.device)
        .join(Log, Log.id == Entry.log_id)
        .where(Entry.type == "release", which | (Entry.subject == Entry.rid) if nameless else which)
    )
    reader, good = Reader(), []
    for entry, device in session.execute(wanted):
        each = reader.row(entry)
        if each.record and verdict(each, device, known) is None:
            good.append(each)
    return good
