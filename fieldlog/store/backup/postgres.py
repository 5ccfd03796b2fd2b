"""A PostgreSQL database to a file and back, by pg_dump and pg_restore.

What stood is kept in a schema of its own beside the restored one. Knows nothing of what is in it.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from fieldlog.store import engines
from fieldlog.store.backup.archive import BadCopy
from fieldlog.store.backup.place import Occupied, Place

TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name <> current_setting('application_name') "
    "AND backend_type = 'client backend'"
)
SAID_MAX = 400


class Database(Place):
    """The database of an address; the tables are in its schema `public`."""

    kind = "postgresql"

    def __init__(self, url: str, stamp: str) -> None:
        self.url = engines.with_driver(url)
        self.old = f"replaced_{stamp}".lower()
        self.moved = False
        self.folder: Path | None = None

    def dump(self, to: Path, progress: Callable[[int, int], object]) -> None:
        to.touch(0o600)
        self._run("pg_dump", "--format=custom", "--schema=public", f"--file={to}",
                  "--no-owner", "--no-privileges")  # fmt: skip
        progress(1, 1)

    def is_empty(self) -> bool:
        return self._ask(TABLES) == 0

    def close_to_others(self) -> None:
        if self._ask(OTHERS):
            raise Occupied("The database is in use: stop the server and every job first.")

    def receive(self) -> Path:
        self.folder = Path(tempfile.mkdtemp(prefix="fieldlog-restore-"))
        return self.folder / "database"

    def load(self, dumped: Path) -> str:
        self.moved = not self.is_empty()
        if self.moved:
            self._do(f"ALTER SCHEMA public RENAME TO {self.old}", "CREATE SCHEMA public")
        self._run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner",
                  "--no-privileges", "--schema=public", str(dumped))  # fmt: skip
        return self.url

    def settle(self) -> str | None:
        shutil.rmtree(self.folder)
        return f"schema {self.old}" if self.moved else None

    def give_up(self) -> None:
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
        back = f"ALTER SCHEMA {self.old} RENAME TO public" if self.moved else "CREATE SCHEMA public"
        if self.moved or not self.is_empty():
            self._do("DROP SCHEMA public CASCADE", back)

    def _run(self, program: str, *words: str) -> None:
        """The program on this database; its password never stands among a process's words."""
        url = sa.make_url(self.url)
        plain = url.set(drivername="postgresql", password=None)
        environment = {**os.environ, **({"PGPASSWORD": url.password} if url.password else {})}
        command = [_program(program), f"--dbname={plain.render_as_string()}", *words]
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if done.returncode:
            raise BadCopy(f"{program} failed: {done.stderr.strip()[:SAID_MAX]}")

    def _ask(self, statement: str) -> int:
        with self._engine().connect() as connection:
            return connection.scalar(sa.text(statement))

    def _do(self, *statements: str) -> None:
        with self._engine().begin() as connection:
            for statement in statements:
                connection.execute(sa.text(statement))

    def _engine(self) -> sa.Engine:
        named = {"application_name": engines.ours()}
        return sa.create_engine(self.url, poolclass=sa.NullPool, connect_args=named)


def _program(name: str) -> str:
    """Beside the server where one is chosen or the system has one; else as the path finds it."""
    folders = [Path(chosen)] if (chosen := os.environ.get("POSTGRES_BIN")) else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    for folder in folders:
        if (folder / name).exists():
            return str(folder / name)
    if found := shutil.which(name):
        return found
    raise BadCopy(f"{name} is not here: install PostgreSQL's client programs.")


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0
