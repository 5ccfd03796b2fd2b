"""Opens the database and hands out its sessions: one kind to read with, one to write with.

Knows SQLite and PostgreSQL; knows nothing of records, logs or HTTP.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, g
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

from fieldlog.store import engines

MIGRATIONS = Path(__file__).parent / "migrations"
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class ReadingSession(FlaskSession):
    """The session of `db.session` and `reading()`. It refuses to write: see `writing()`."""


class Base(DeclarativeBase):
    metadata = sa.MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, session_options={"class_": ReadingSession})


def init(app: Flask, url: str | None = None, role: str | None = None) -> None:
    """Bind `db` to the database at `url`; `role` is node or centre; by default the settings say.

    A new database has no tables yet: `schema.upgrade()` makes them.
    """
    settings = app.config.get("SETTINGS")
    app.config["FIELDLOG_ROLE"] = role or ("node" if settings and settings.upstream else "centre")
    url = engines.with_driver(url or settings.database_url)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engines.options(url)
    import_tables()
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    with app.app_context():
        engines.prepare(db.engine)


def reading() -> Session:
    """The session of this app context, for reading. On SQLite it takes no lock a writer needs."""
    return db.session()


@contextmanager
def writing(*, durable: bool = True) -> Iterator[Session]:
    """A session in one write transaction: committed at the end, rolled back by an exception.

    On SQLite the write lock is taken at once, because a transaction that reads first and then
    writes fails at random under load. Inside another `writing()` it joins the outer one.
    `durable=False` is for what can be made again from the entries: the commit does not wait
    for the disk. Never use it for what somebody will be told is kept.
    """
    outer = g.get("fieldlog_writing")
    if outer is not None:
        yield outer
        return
    options = {engines.WRITE: True, engines.DURABLE: durable}
    with Session(db.engine, execution_options=options) as session:
        g.fieldlog_writing = session
        try:
            yield session
            session.commit()
        finally:
            g.pop("fieldlog_writing", None)
    _forget_what_was_read()


def is_writing() -> bool:
    """Whether this app context is inside `writing()`."""
    return g.get("fieldlog_writing") is not None


def is_busy(error: BaseException) -> bool:
    """Whether `error` only says that somebody else holds a lock: worth trying again later."""
    if not isinstance(error, sa.exc.OperationalError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return state in {"55P03", "40P01", "40001"} or "is locked" in str(error.orig)


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def insert_new(table) -> sa.Insert:
    """An INSERT that passes over what stands already."""
    kind = sqlite if is_sqlite() else postgresql
    return kind.insert(table).on_conflict_do_nothing()


def import_tables() -> None:
    """Make every table known to `db.metadata`."""
    from fieldlog.store import tables  # noqa: F401


def _forget_what_was_read() -> None:
    """End the reading transaction, so that the next read sees what was just written."""
    if db.session.registry.has():
        db.session.rollback()


@sa.event.listens_for(ReadingSession, "before_flush")
def _refuse_to_flush(session, _context, _instances) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("This session is for reading. Write inside `with writing() as session`.")


@sa.event.listens_for(ReadingSession, "do_orm_execute")
def _refuse_to_change(state) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        raise RuntimeError("This session is for reading. Write inside `with writing() as session`.")
