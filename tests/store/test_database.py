"""Readers never hold up writers, writers come one at a time, and a commit is on disk."""

import threading
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from fieldlog.store import database
from fieldlog.store.database import db, reading, writing
from fieldlog.store.tables import Organisation
from tests.support.databases import opened


def names() -> list[str]:
    return sorted(reading().scalars(sa.select(Organisation.name)))


def organisation(name: str) -> Organisation:
    return Organisation(code=name.lower(), name=name, kind="police")


def test_what_was_written_is_what_is_read_next(store):
    assert names() == []
    with writing() as session:
        session.add(organisation("Alice"))
    assert names() == ["Alice"]


def test_an_exception_takes_everything_back(store):
    def fail_halfway() -> None:
        with writing() as session:
            session.add(organisation("Alice"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert names() == []
    assert not database.is_writing()


def test_a_writing_inside_another_joins_it(store):
    def fail_outside() -> None:
        with writing() as outer:
            with writing() as inner:
                assert inner is outer
                inner.add(organisation("Alice"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_outside()
    assert names() == []


@pytest.mark.parametrize(
    "statement",
    [
        sa.insert(Organisation).values(code="a", name="A", kind="police"),
        sa.update(Organisation).values(name="A"),
        sa.delete(Organisation),
    ],
    ids=["insert", "update", "delete"],
)
def test_the_reading_session_refuses_a_statement_that_writes(store, statement):
    with pytest.raises(RuntimeError, match="writing"):
        reading().execute(statement)


def test_the_reading_session_refuses_to_flush_a_new_row(store):
    reading().add(organisation("Alice"))
    with pytest.raises(RuntimeError, match="writing"):
        reading().flush()


def test_a_reader_in_the_middle_of_its_work_holds_up_no_writer(store):
    assert names() == []  # the reading transaction is open from here on
    failures: list[Exception] = []

    def write() -> None:
        with store.app_context():
            try:
                with writing() as session:
                    session.add(organisation("Alice"))
            except Exception as error:
                failures.append(error)

    in_threads(write)
    assert failures == []
    reading().rollback()
    assert names() == ["Alice"]


def test_eight_writers_at_once_lose_nothing(store):
    """Read, then write: with deferred transactions SQLite fails many of these at random."""
    with writing() as session:
        session.add(organisation("Counter"))
        session.execute(sa.update(Organisation).values(kind="0"))
    failures: list[Exception] = []

    def count() -> None:
        with store.app_context():
            for _ in range(20):
                try:
                    _add_one()
                except Exception as error:
                    failures.append(error)

    in_threads(*[count] * 8)
    assert failures == []
    assert reading().scalars(sa.select(Organisation.kind)).one() == "160"


def _add_one() -> None:
    with writing() as session:
        now = session.scalars(sa.select(Organisation.kind).with_for_update()).one()
        session.execute(sa.update(Organisation).values(kind=str(int(now) + 1)))


def test_a_durable_commit_waits_for_the_disk_and_another_does_not(store):
    ask = "PRAGMA synchronous" if database.is_sqlite() else "SHOW synchronous_commit"
    durable, relaxed = (2, 1) if database.is_sqlite() else ("on", "off")
    for _ in range(2):
        with writing(durable=False) as session:
            assert session.execute(sa.text(ask)).scalar_one() == relaxed
        with writing() as session:
            assert session.execute(sa.text(ask)).scalar_one() == durable


def test_sqlite_keeps_a_write_ahead_log_and_checks_foreign_keys(sqlite_url):
    with opened(sqlite_url), db.engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "wal_autocheckpoint")
        }
    assert asked == {"journal_mode": "wal", "foreign_keys": 1, "wal_autocheckpoint": 10000}


def test_only_a_held_lock_counts_as_busy(store):
    with writing() as session:
        session.add(organisation("Alice"))
    with somebody_else_holding_it(store), db.engine.connect() as connection:
        connection.exec_driver_sql(IMPATIENT[db.engine.dialect.name])
        connection.commit()
        with pytest.raises(sa.exc.OperationalError) as locked:
            connection.exec_driver_sql("UPDATE organisations SET name = 'Bob'")
    assert database.is_busy(locked.value)
    with pytest.raises(sa.exc.SQLAlchemyError) as wrong:
        reading().execute(sa.text("SELECT nothing FROM nowhere"))
    assert not database.is_busy(wrong.value)


IMPATIENT = {"sqlite": "PRAGMA busy_timeout = 50", "postgresql": "SET lock_timeout = 50"}


@contextmanager
def somebody_else_holding_it(app):
    """Another thread in the middle of changing the row."""
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with app.app_context(), writing() as session:
            session.execute(sa.update(Organisation).values(name="Sara"))
            holding.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait(10)
    try:
        yield
    finally:
        done.set()
        thread.join()


def in_threads(*jobs) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
