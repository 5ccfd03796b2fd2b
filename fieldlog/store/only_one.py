"""Lets one process at a time do a job on a store; the lock goes when its holder dies.

Knows nothing of the jobs.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from fieldlog.store.database import db, is_sqlite


@contextmanager
def at_a_time(name: str, number: int) -> Iterator[bool]:
    """Whether the job is ours. SQLite: a file beside the database; PostgreSQL: lock `number`."""
    if is_sqlite():
        with _by_file(name) as mine:
            yield mine
    else:
        with _by_session(number) as mine:
            yield mine


@contextmanager
def _by_file(name: str) -> Iterator[bool]:
    path = Path(db.engine.url.database)
    with path.with_name(f"{path.name}.{name}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


@contextmanager
def _by_session(number: int) -> Iterator[bool]:
    """Held by a connection of its own, outside any transaction."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        ours = sa.func.pg_try_advisory_lock(number, 0)
        if not connection.scalar(sa.select(ours)):
            yield False
            return
        try:
            yield True
        finally:
            connection.execute(sa.select(sa.func.pg_advisory_unlock(number, 0)))
