"""Fresh, migrated databases for tests: copied from a template that is made once a session.

Knows nothing of what the tests put in them.
"""

import shutil
from contextlib import contextmanager

import psycopg
import pytest
from flask import Flask

from fieldlog.store import database, schema
from fieldlog.store.database import db
from tests.support.postgres import Cluster

ENGINES = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
]


@contextmanager
def opened(url: str, role: str = "centre"):
    """A bare app on the database at `url`, inside its context. For tests below the doors."""
    app = Flask("fieldlog-store-test")
    database.init(app, url, role)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="session")
def postgres():
    """The session's own PostgreSQL cluster (one for each worker). No test cuts its power."""
    cluster = Cluster(fsync=False)
    try:
        yield cluster.start()
    finally:
        cluster.stop()


class Spares:
    """Migrated, empty databases of a cluster: emptied after use and handed out again, because
    making and dropping one costs PostgreSQL a checkpoint.
    """

    def __init__(self, cluster: Cluster):
        self.cluster = cluster
        self.template = cluster.create()
        with opened(cluster.url(self.template)):
            schema.upgrade()
            self.version = schema.current()
        self.names: list[str] = []

    def take(self) -> str:
        return self.names.pop() if self.names else self.cluster.create(self.template)

    def give_back(self, name: str) -> None:
        self.cluster.say(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            with psycopg.connect(self.cluster.dsn(name)) as connection:
                self._empty(connection)
        except (psycopg.Error, LookupError):
            return  # a test did something to its tables: it is thrown away with the cluster
        self.names.append(name)

    def _empty(self, connection: psycopg.Connection) -> None:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        if found != [(self.version,)]:
            raise LookupError(found)
        for table in reversed(db.metadata.sorted_tables):
            connection.execute(f"DELETE FROM {table.name}")
        for (sequence,) in connection.execute("SELECT sequencename FROM pg_sequences").fetchall():
            connection.execute(f"ALTER SEQUENCE {sequence} RESTART")


@pytest.fixture(scope="session")
def postgres_spares(postgres):
    return Spares(postgres)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "fieldlog.db"
    with opened(f"sqlite:///{path}"):
        schema.upgrade()
    return path


@pytest.fixture
def empty_sqlite_url(tmp_path):
    """A database without tables."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgres_url(postgres):
    """A database without tables."""
    return postgres.url(postgres.create())


@pytest.fixture
def new_sqlite(sqlite_template, tmp_path):
    """Call it for the URL of one more migrated, empty SQLite database."""

    def make() -> str:
        path = tmp_path / f"fieldlog-{len(list(tmp_path.iterdir()))}.db"
        shutil.copy(sqlite_template, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture
def new_postgres(postgres, postgres_spares):
    """Call it for the URL of one more migrated, empty PostgreSQL database."""
    taken = []

    def make() -> str:
        taken.append(postgres_spares.take())
        return postgres.url(taken[-1])

    yield make
    for name in taken:
        postgres_spares.give_back(name)


@pytest.fixture
def sqlite_url(new_sqlite):
    return new_sqlite()


@pytest.fixture
def postgres_url(new_postgres):
    return new_postgres()


@pytest.fixture(params=ENGINES)
def engine(request):
    """sqlite or postgres: whatever asks for it runs once on each."""
    return request.param


@pytest.fixture
def new_database(request, engine):
    """Call it for the URL of a migrated, empty database: the test runs once on each engine."""
    return request.getfixturevalue(f"new_{engine}")


@pytest.fixture
def database_url(new_database):
    """A migrated, empty database: the test runs once on each engine."""
    return new_database()


@pytest.fixture
def empty_database_url(request, engine):
    """A database without tables, on each engine."""
    return request.getfixturevalue(f"empty_{engine}_url")


@pytest.fixture
def store(database_url):
    """Inside a bare app's context on a migrated, empty database, on each engine."""
    with opened(database_url) as app:
        yield app
