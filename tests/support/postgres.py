"""A real PostgreSQL cluster of the tests' own: made in a temporary folder, stopped by its pid.

Knows nothing of fieldlog's tables.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from itertools import count
from pathlib import Path

import psycopg

PR_SET_PDEATHSIG = 1
START_S = 60


class Cluster:
    """`start()`, then `create()` databases; `url(name)` reaches one.

    Without `fsync` all but a power cut is as in life, and a database is made and dropped in a
    tenth of the time.
    """

    def __init__(self, *, fsync: bool = True) -> None:
        self.fsync = fsync
        self.bin = _binaries()
        self.user = "postgres" if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="fieldlog-pg-"))
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self._numbers = count(1)

    def start(self) -> "Cluster":
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", "fieldlog", "-A", "trust", "-E", "UTF8", "--no-sync",
                  "--locale=C.UTF-8")  # fmt: skip
        self.serve()
        return self

    def serve(self) -> None:
        """Start the server on the folder as it stands: also after `kill()`."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
            "max_connections": 60,
            "shared_buffers": "64MB",
            "fsync": "on" if self.fsync else "off",
        }
        command = [self.bin / "postgres", "-D", self.folder / "data"]
        for key, value in settings.items():
            command += ["-c", f"{key}={value}"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, preexec_fn=_die_with_us, **self._as_user()
            )
        self._wait_until_ready()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # "fast": ends sessions, keeps the data whole
            self.process.wait(START_S)
        shutil.rmtree(self.folder, ignore_errors=True)

    def kill(self) -> None:
        """SIGKILL to the server, as a power cut would have it."""
        self.process.kill()
        self.process.wait(START_S)

    def create(self, template: str = "template1") -> str:
        """A new database like `template`; returns its name."""
        name = f"t{next(self._numbers)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def say(self, statement: str, values: list | None = None) -> None:
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(statement, values)

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://fieldlog@127.0.0.1:{self.port}/{name}"

    def dsn(self, name: str) -> str:
        return f"postgresql://fieldlog@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: object) -> None:
        done = subprocess.run(
            [self.bin / program, *map(str, arguments)],
            capture_output=True, text=True, cwd=self.folder, **self._as_user(),
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr or done.stdout}")

    def _as_user(self) -> dict:
        """PostgreSQL refuses to run as root."""
        if not self.user:
            return {}
        return {"user": self.user, "group": self.user, "extra_groups": []}

    def _wait_until_ready(self) -> None:
        deadline, pause = time.monotonic() + START_S, threading.Event()
        while True:
            try:
                psycopg.connect(self.dsn("postgres"), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    log = (self.folder / "log").read_text()[-2000:]
                    raise RuntimeError(f"PostgreSQL did not start: {log}") from None
                pause.wait(0.02)


def _binaries() -> Path:
    """As tools/ensure_postgres.py finds them: POSTGRES_BIN outranks the search."""
    if chosen := os.environ.get("POSTGRES_BIN"):
        return Path(chosen)
    found = shutil.which("postgres")
    if found:
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(versions, key=lambda p: int(p.parts[-3]), default=None)
    if newest is None:
        raise RuntimeError("no PostgreSQL server found: run tools/ensure_postgres.py")
    return newest.parent


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _die_with_us() -> None:
    """Stop the server when the tests die without a word (Linux)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
