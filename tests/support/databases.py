"""Fresh, migrated databases for tests: copied from a template that is made once a session.

Knows nothing of what the tests put in them.
"""

import shutil
from contextlib import contextmanager

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


@pytest.fixture(scope="session")
def postgres_template(postgres):
    name = postgres.create()
    with opened(postgres.url(name)):
        schema.upgrade()
    return name


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
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def new_sqlite(sqlite_template, tmp_path):
    """Call it for the URL of one more migrated, empty SQLite database."""

    def make() -> str:
        path = tmp_path / f"fieldlog-{len(list(tmp_path.iterdir()))}.db"
        shutil.copy(sqlite_template, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture
def new_postgres(postgres, postgres_template):
    """Call it for the URL of one more migrated, empty PostgreSQL database."""
    made = []

    def make() -> str:
        made.append(postgres.create(postgres_template))
        return postgres.url(made[-1])

    yield make
    for name in made:
        postgres.drop(name)


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
