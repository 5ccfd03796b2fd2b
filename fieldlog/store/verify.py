"""Checks what is kept against itself: the database's own build, chains, digests, projections.

Changes nothing. Knows nothing of how a fault came about, or of what to do with it.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256

import sqlalchemy as sa

from fieldlog.store.database import db, is_sqlite, reading
from fieldlog.store.projection import checking
from fieldlog.store.tables import Branch, Entry, Log
from sync import chain

BATCH = 1_000
FOUND_MAX = 100


def verify(progress: Callable[[int], object] = lambda _: None) -> list[str]:
    """Every fault found, as a sentence; empty if all holds. `progress` is told of entries."""
    found: list[str] = []
    try:
        _as_of_now()
        for fault in _faults(progress):
            found.append(fault)
            if len(found) == FOUND_MAX:
                return [*found, "… and perhaps more: the check stopped here."]
    except sa.exc.DatabaseError as broken:
        if isinstance(broken, sa.exc.OperationalError):
            raise  # out of reach or busy: that says nothing of what is kept
        found.append(f"the database can't be read to its end: {type(broken.orig).__name__}")
    finally:
        db.session.rollback()
    return found


def _as_of_now() -> None:
    """All is read as it stood at one moment, while others go on writing."""
    db.session.rollback()
    if not is_sqlite():  # whose read transactions are so by themselves
        reading().connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _faults(progress: Callable[[int], object]) -> Iterator[str]:
    if is_sqlite():
        yield from _pages()
    yield from _chains(progress)
    yield from checking.faults(progress)


def _pages() -> Iterator[str]:
    """SQLite's own check of its pages and indexes: a flipped bit may lie in none of our rows."""
    for (said,) in reading().execute(sa.text(f"PRAGMA integrity_check({FOUND_MAX})")).all():
        if said != "ok":
            yield f"the database file is damaged: {said}"


def _chains(progress: Callable[[int], object]) -> Iterator[str]:
    for log in reading().scalars(sa.select(Log).order_by(Log.id)).all():
        yield from _chain(log, progress)
        branches = sa.select(Branch).where(Branch.log_id == log.id).order_by(Branch.number)
        for branch in reading().scalars(branches).all():
            yield from _branch(log, branch, progress)


def _chain(log: Log, progress: Callable[[int], object]) -> Iterator[str]:
    """The log from its base: no hole, hashes that fold, the head it claims."""
    hash_ = yield from _fold(log, 0, log.base, log.base_hash, log.have, progress)
    if hash_ is not None and hash_ != log.hash:
        yield f"log {log.log}: its head is not the hash of its last entry, {log.have}"
    if log.base == 0 and log.base_hash != chain.genesis(log.log):
        yield f"log {log.log}: its first hash is not its own"


def _branch(log: Log, branch: Branch, progress: Callable[[int], object]) -> Iterator[str]:
    before = branch.first - 1
    number, last = branch.number, branch.head_seq
    hash_ = yield from _fold(log, number, before, branch.prev, last, progress)
    if hash_ is not None and hash_ != branch.head:
        yield f"log {log.log}, branch {number}: its head is not the hash of its last entry"


def _fold(
    log: Log, branch: int, base: int, hash_: bytes, last: int, progress: Callable[[int], object]
) -> Iterator[str]:
    """Checks base+1 … last; gives the hash at the end, None if it did not get there."""
    where = f"log {log.log}" + (f", branch {branch}" if branch else "")
    expected = base
    for seq, digest, kept, payload in _entries(log.id, branch, base, progress):
        expected += 1
        if seq != expected:
            yield f"{where}: entry {expected} is missing"
            return None
        hash_ = chain.link(hash_, seq, digest)
        if kept != hash_:
            yield f"{where}: the chain breaks at entry {seq}"
            return None
        if payload is not None and sha256(payload).digest() != digest:
            yield f"{where}: entry {seq} does not have the bytes it was taken in with"
    if expected != last:
        yield f"{where}: entries end at {expected}, not at {last}"
        return None
    return hash_


def _entries(
    log_id: int, branch: int, after: int, progress: Callable[[int], object]
) -> Iterator[sa.Row]:
    while True:
        wanted = (
            sa.select(Entry.seq, Entry.digest, Entry.hash, Entry.payload)
            .where(Entry.log_id == log_id, Entry.branch == branch, Entry.seq > after)
            .order_by(Entry.seq)
            .limit(BATCH)
        )
        found = reading().execute(wanted).all()
        yield from found
        progress(len(found))
        if len(found) < BATCH:
            return
        after = found[-1].seq
