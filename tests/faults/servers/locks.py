"""F18: somebody else holds the database's lock, or reads for long.

A push that can't be taken in is answered 503 with Retry-After, and nothing of it is kept; a long
reader holds up nobody.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from sync.http import Trouble
from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.servers.kills import cluster, filled
from tests.faults.station import Station, Warm, station

IMPATIENT = [("tests.faults.servers.doubles:impatient", "150")]
Hold = Callable[[Warm], AbstractContextManager]


@contextmanager
def _held(here: Station, centre: Warm, hold: Hold, refused: bool) -> Iterator[Run]:
    url = centre.settings.database_url

    def run(dice: Dice) -> Outcome:
        with here.fresh_patrols(centre.url, 1) as [patrol]:
            after = stored.newest(url)
            patrol.save(dice, 2)
            patrol.send()
            with hold(centre):
                patrol.save(dice, dice.randint(1, 4))
                _push(patrol, refused)
            recovered = patrol.insist()
            lost, doubled = stored.reckon(url, patrol.saved, patrol.answered, after=after)
            return Outcome(len(patrol.saved.acknowledged), len(lost), len(doubled), recovered)

    yield run


@contextmanager
def on_sqlite(hold: Hold, refused: bool, folder: Path) -> Iterator[Run]:
    """A server that waits 150 ms for a lock instead of ten seconds."""
    with station(folder) as here:
        centre = here.centre(before=IMPATIENT).start()
        with _held(here, centre, hold, refused) as run:
            yield run


@contextmanager
def on_postgres(folder: Path) -> Iterator[Run]:
    """The same, its tables locked by another session."""
    with cluster() as postgres, station(folder) as here:
        centre = filled(here, postgres)
        centre.before = IMPATIENT
        with _held(here, centre.start(), _locked_tables, True) as run:
            yield run


def _push(patrol, refused: bool) -> None:
    try:
        patrol.send()
    except Trouble as trouble:
        if not refused or not str(trouble).endswith("answered 503") or not trouble.after:
            raise AssertionError(f"not 503 with Retry-After: {trouble}, {trouble.after}") from None
        return
    assert not refused, "a push was taken in through another's lock"


@contextmanager
def _write_locked(centre: Warm) -> Iterator[None]:
    connection = sqlite3.connect(centre.file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@contextmanager
def _read_for_long(centre: Warm) -> Iterator[None]:
    connection = sqlite3.connect(centre.file, isolation_level=None)
    connection.execute("BEGIN")
    before = connection.execute("SELECT count(*) FROM entries").fetchone()
    try:
        yield
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == before
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@contextmanager
def _locked_tables(centre: Warm) -> Iterator[None]:
    engine = sa.create_engine(centre.settings.database_url, poolclass=sa.NullPool)
    with engine.connect() as connection, connection.begin():
        connection.execute(sa.text("LOCK TABLE logs IN ACCESS EXCLUSIVE MODE"))
        yield
    engine.dispose()


FAULTS = [
    Fault("F18-locked-sqlite", "SQLite locked by another process: 503 + Retry-After",
          10, 200, False, partial(on_sqlite, _write_locked, True)),
    Fault("F18-long-reader", "SQLite read by another process all the while",
          10, 200, False, partial(on_sqlite, _read_for_long, False)),
    Fault("F18-locked-postgres", "PostgreSQL's table locked: 503 + Retry-After",
          10, 200, False, on_postgres, ("postgres",)),
]  # fmt: skip
