"""The demo as `make run` starts it: a process of its own, known by what it says on the terminal."""

import os
import re
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fieldlog.config import PREFIX
from tests.support.served import FIELDLOG, PATIENCE_S


@dataclass(frozen=True)
class Demo:
    """Where it serves, and what it has said: passwords by login, and the code for Alice's phone."""

    url: str
    passwords: dict[str, str]
    code: str


@contextmanager
def serving(folder: Path):
    """A month made anew in `folder`, and served."""
    url = f"http://127.0.0.1:{(port := _free_port())}"
    process = subprocess.Popen(
        [*FIELDLOG, "demo", "--folder", str(folder), "--port", str(port)],
        env={name: value for name, value in os.environ.items() if not name.startswith(PREFIX)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = "".join(iter(lambda: _line(process, url), ""))
        people = re.findall(r"^  (\w+) +(\S+) +\w+, \w+$", said, re.MULTILINE)
        yield Demo(url, dict(people), re.search(r"#enrol=(\S+)", said)[1])
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
        process.stdout.close()


def _line(process: subprocess.Popen, url: str) -> str:
    """What it says next, until it serves."""
    line = process.stdout.readline()
    assert line, f"the demo ended before it served ({process.wait(PATIENCE_S)})"
    return "" if line.rstrip().endswith(f"serves at {url}") else line


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
