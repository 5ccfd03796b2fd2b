"""What a fault changes inside a server process before it serves. None of it takes a guard away.

Each is called by name through `before` of a Warm store.
"""

import os
import signal
import sys
from pathlib import Path

import sqlalchemy as sa

ROOT = Path(__file__).resolve().parents[3]


def one_thread() -> None:
    """The n-th system call is the n-th of the one thread that works."""
    from fieldlog.cli import serve_

    serve_.OPTIONS["threads"] = 1


def checkpoint_often() -> None:
    """A few pages of log already go to the database proper, so that those writes can fail too."""

    @sa.event.listens_for(sa.Engine, "begin")
    def shorten(connection: sa.Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA wal_autocheckpoint=40")


def impatient(milliseconds: str) -> None:
    """Wait for a lock only so long."""
    from fieldlog.store import engines

    engines.BUSY_MS = int(milliseconds)


def clock(start: str) -> None:
    """The server's clock shows `start` (ISO 8601) now, and goes on from there."""
    import time_machine

    time_machine.travel(start).start()


def die_at_line(number: str, count_into: str) -> None:
    """SIGKILL at that line of our own code, counted from now; 0: count them, and write it down."""
    last, done = int(number), 0
    ours = tuple(str(ROOT / folder) + os.sep for folder in ("sync", "fieldlog"))

    def line(frame, event, _argument):
        nonlocal done
        if event == "line":
            done += 1
            if done == last:
                os.kill(os.getpid(), signal.SIGKILL)
        return line

    def call(frame, _event, _argument):
        file = frame.f_code.co_filename
        if not file.startswith(ours):
            return None
        if count_into and frame.f_code.co_name == "say":
            Path(count_into).write_text(str(done), encoding="ascii")
        return line(frame, "call", None)

    sys.settrace(call)
