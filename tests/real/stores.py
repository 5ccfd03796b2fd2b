"""A store as its own process: settings, commands, serving, and an end without a word (SIGKILL).

Knows nothing of what is kept in it.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import requests

START_S = 60
COMMAND_S = 600


class Store:
    """One node or centre. `url` is where it listens, also after it was killed and started."""

    def __init__(self, name: str, folder: Path, database: str, *, upstream=None, token=None):
        self.name, self.folder = name, folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = {
            "FIELDLOG_NAME": name,
            "FIELDLOG_DATABASE_URL": database,
            "FIELDLOG_SECRET_KEY": "only for this trial, and long enough",
            "FIELDLOG_PUSH_RATE": "0",
        }
        if upstream:
            self.settings |= {"FIELDLOG_UPSTREAM": upstream, "FIELDLOG_UPSTREAM_TOKEN": token}
        self.process: subprocess.Popen | None = None
        self.kills = 0

    def run(self, *words: str) -> dict:
        """A command that must succeed; what it says in JSON."""
        done = self.spawn(*words, "--json")
        out, err = done.communicate(timeout=COMMAND_S)
        if done.returncode:
            raise AssertionError(f"{self.name}: fieldlog {' '.join(words)}: {err or out}")
        return json.loads(out.splitlines()[-1])

    def spawn(self, *words: str) -> subprocess.Popen:
        """A command under way, its output caught."""
        return subprocess.Popen(
            [sys.executable, "-m", "fieldlog", *words],
            env=self._environment(),
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def start(self) -> None:
        """Serve; returns once it answers."""
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fieldlog", "serve", "--port", str(self.port)],
                env=self._environment(),
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        deadline, pause = time.monotonic() + START_S, threading.Event()
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                said = (self.folder / f"{self.name}.log").read_text()[-3000:]
                raise AssertionError(f"{self.name} does not serve: {said}")
            pause.wait(0.05)

    def kill(self) -> None:
        """SIGKILL, and up again."""
        self.kills += 1
        self.process.kill()
        self.process.wait()
        self.start()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(START_S)

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/healthz", timeout=2).ok
        except requests.RequestException:
            return False

    def _environment(self) -> dict:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("FIELDLOG_")}
        return kept | self.settings


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
