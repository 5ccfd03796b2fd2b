"""How each database is opened, and how its transactions begin.

What is promised to be kept is on disk when a commit returns. Knows nothing of sessions.
"""

import os
import sqlite3
import time
from functools import partial
from json import dumps

import sqlalchemy as sa

BUSY_MS = 10_000
SOONEST_S, LATEST_S = 0.0002, 0.002  # before the write lock is asked for again
WRITE, DURABLE = "fieldlog_write", "fieldlog_durable"  # execution options of a transaction


def with_driver(url: str) -> str:
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def options(url: str) -> dict:
    made: dict = {"json_serializer": partial(dumps, ensure_ascii=False, separators=(",", ":"))}
    made["hide_parameters"] = True  # an error's text may be shown: it must not quote a record
    if url.startswith("sqlite"):
        made["connect_args"] = {"timeout": BUSY_MS / 1000}
    else:
        settings = f"-c synchronous_commit=on -c timezone=UTC -c lock_timeout={BUSY_MS}"
        made["connect_args"] = {"options": settings, "application_name": ours()}
        made["pool_pre_ping"] = True
    return made


def ours() -> str:
    """What this process's connections are called at a PostgreSQL server."""
    return f"fieldlog {os.getpid()}"


def prepare(engine: sa.Engine) -> None:
    """Have every connection and every transaction of this engine begin as they must."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    else:
        sa.event.listen(engine, "connect", _prepare_postgres)
        sa.event.listen(engine, "begin", _begin_postgres)


def _prepare_sqlite(connection, _record) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: see _begin_sqlite
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_MS}",
        "foreign_keys=ON",
        "wal_autocheckpoint=10000",
        "cache_size=-16384",  # KiB of each connection; the system keeps more
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    told = connection.get_execution_options()
    if not told.get(WRITE):
        connection.exec_driver_sql("BEGIN")
        return
    level = "FULL" if told[DURABLE] else "NORMAL"
    raw = connection.connection
    raw.execute(f"PRAGMA synchronous={level}")
    _take_write_lock(raw)


def _take_write_lock(raw) -> None:
    """BEGIN IMMEDIATE, asking again after a tenth of the time waited so far: SQLite's own waits
    grow to a tenth of a second, and two processes that write in turn would mostly wait.
    """
    began = time.monotonic()
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - began
                if "locked" not in str(error) or waited > BUSY_MS / 1000:
                    raise sa.exc.OperationalError("BEGIN IMMEDIATE", None, error) from error
            time.sleep(min(max(SOONEST_S, waited / 10), LATEST_S))
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def _prepare_postgres(connection, _record) -> None:
    """Have COPY write bytes by the driver's compiled dumper: for the sake of DB-API's `Binary` it
    would take one in Python, eight times as slow."""
    from psycopg.types.string import BytesBinaryDumper  # comes with the extra `postgres` only

    connection.adapters.register_dumper(None, BytesBinaryDumper)


def _begin_postgres(connection: sa.Connection) -> None:
    if not connection.get_execution_options().get(DURABLE, True):
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
