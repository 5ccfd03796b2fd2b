"""A SQLite database to a file and back, by SQLite's own online backup.

Knows nothing of what is in it.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from fieldlog.store.backup.archive import ONLY_OWNER, sync_folder
from fieldlog.store.backup.place import Occupied, Place

STEPS = 4096  # pages at a time, between which the copy tells how far it is


class File(Place):
    """The database file of an address."""

    kind = "sqlite"

    def __init__(self, url: str, _stamp: str) -> None:
        self.path = Path(sa.make_url(url).database)
        self.new = self.path.with_name(f"{self.path.name}.restoring")
        self.old = self.path.with_name(f"{self.path.name}.replaced-{_stamp}")

    def dump(self, to: Path, progress: Callable[[int, int], object]) -> None:
        """As it stands at one moment; those who write don't wait."""
        to.touch(ONLY_OWNER)
        with closing(sqlite3.connect(self.path)) as here, closing(sqlite3.connect(to)) as there:
            # Reading holds the copy to one moment: else a write would make it begin anew.
            here.execute("BEGIN")
            here.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            here.backup(there, pages=STEPS, progress=lambda _, left, all: progress(all - left, all))
            there.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it

    def is_empty(self) -> bool:
        return not self.path.exists() or self.path.stat().st_size == 0

    def receive(self) -> Path:
        """Where the database of the copy is to be written."""
        self._clear()
        return self.new

    def load(self, _dumped: Path) -> str:
        """Its address, for making it ready: what stands is not touched yet."""
        return f"sqlite:///{self.new}"

    def settle(self) -> str | None:
        """Put the new one in the old one's place; where the old one went."""
        _fold(self.new)
        _give_to_the_owner_of(self.path if self.path.exists() else self.path.parent, self.new)
        kept = None
        if not self.is_empty():
            _fold(self.path)
            self.path.rename(self.old)
            kept = str(self.old)
        self.new.rename(self.path)
        sync_folder(self.path.parent)
        return kept

    def give_up(self) -> None:
        self._clear()

    def close_to_others(self) -> None:
        if not self.is_empty():
            _fold(self.path)

    def _clear(self) -> None:
        for tail in ("", "-wal", "-shm"):
            self.new.with_name(self.new.name + tail).unlink(missing_ok=True)


def _give_to_the_owner_of(model: Path, file: Path) -> None:
    """A restore may be run by root: the server must be able to open what it made."""
    told = model.stat()
    if os.geteuid() == 0:
        os.chown(file, told.st_uid, told.st_gid)


def _fold(path: Path) -> None:
    """Make it one file, with nothing beside it: refused while anybody has it open."""
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as busy:
        raise Occupied(f"{path} is in use: stop the server and every job first.") from busy
    except sqlite3.DatabaseError:
        return  # damaged: that is why it is replaced
