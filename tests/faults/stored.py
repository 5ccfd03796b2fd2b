"""What a store keeps, read from its database past the program: no code under test vouches for it.

Knows the tables' names, nothing of how they came to be filled.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa

from tests.faults.history import History, Kept

ENTRIES = "SELECT rid, payload, log_id, branch FROM entries WHERE id > :after AND rid IS NOT NULL"
NOTES = """SELECT note FROM events WHERE note <> '' AND entry_id > :after
           GROUP BY note HAVING count(*) > 1"""
SHOWN = """SELECT rid FROM visits UNION ALL SELECT rid FROM events"""


@contextmanager
def looking(url: str):
    """A connection of our own; nothing of it stays open."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def newest(url: str) -> int:
    """The number of the last entry, to read on from."""
    with looking(url) as connection:
        return connection.scalar(sa.text("SELECT coalesce(max(id), 0) FROM entries"))


def kept(url: str, after: int = 0) -> list[Kept]:
    """Each record once for every time that it counts: the same bytes that came by two logs, as
    after a fork, are one record; twice in one log, or with two contents, they are two."""
    with looking(url) as connection:
        rows = connection.execute(sa.text(ENTRIES), {"after": after}).all()
    times: dict[Kept, dict[tuple, int]] = {}
    for rid, payload, log, branch in rows:
        if payload is not None:
            digest = sha256(bytes(payload)).hexdigest()
            where = times.setdefault((str(UUID(bytes=bytes(rid))), digest), {})
            where[log, branch] = where.get((log, branch), 0) + 1
    return [what for what, by_log in times.items() for _ in range(max(by_log.values()))]


def notes_twice(url: str, after: int = 0) -> list[str]:
    """Notes that two events show. Every note of a Patrol is written once."""
    with looking(url) as connection:
        return list(connection.scalars(sa.text(NOTES), {"after": after}))


def shown(url: str) -> set[str]:
    """Rids that stand as a visit or an event."""
    with looking(url) as connection:
        rids = connection.scalars(sa.text(SHOWN))
        return {str(UUID(bytes=bytes(rid))) for rid in rids}


def reckon(url: str, *histories: History, after: int = 0) -> tuple[set[str], set[str]]:
    """(rids lost, rids or notes doubled) of all that these histories acknowledged."""
    found = kept(url, after)
    verdicts = [history.check(found) for history in histories]
    lost = {rid for verdict in verdicts for rid, _ in verdict.lost}
    doubled = {rid for verdict in verdicts for rid in verdict.doubled}
    return lost, doubled | set(notes_twice(url, after))


def is_sound(url: str) -> Iterable[str]:
    """What SQLite itself finds wrong with its file; nothing for PostgreSQL."""
    if not url.startswith("sqlite"):
        return []
    with looking(url) as connection:
        said = list(connection.scalars(sa.text("PRAGMA integrity_check")))
    return [] if said == ["ok"] else said


def device_times(url: str, after: int) -> list[str]:
    """When the phones say that things were seen, as it stands in the tables."""
    asked = "SELECT observed_at FROM events WHERE entry_id > :after"
    with looking(url) as connection:
        return [str(at) for at in connection.scalars(sa.text(asked), {"after": after})]


@contextmanager
def changed(url: str, statement: str):
    """`UPDATE table SET code = '-' || code`, and the other way round at the end."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    table = statement.split()[1]
    try:
        with engine.begin() as connection:
            connection.execute(sa.text(statement))
        yield
    finally:
        with engine.begin() as connection:
            connection.execute(sa.text(f"UPDATE {table} SET code = substr(code, 2)"))
        engine.dispose()


def payloads(url: str, after: int) -> set[bytes]:
    """All that is kept, as it came."""
    asked = "SELECT payload FROM entries WHERE id > :after AND payload IS NOT NULL"
    with looking(url) as connection:
        return {bytes(one) for one in connection.scalars(sa.text(asked), {"after": after})}
