"""WebKitGTK in a window of its own on a screen that nobody sees; killed with all its processes.

Knows nothing of fieldlog.
"""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

WINDOW = Path(__file__).with_name("webkit_window.py")
PATIENCE_S = 60


class WebKit:
    """One window on one profile, that can be killed and opened again."""

    def __init__(self, profile: Path, display: str):
        python = os.environ.get("WEBKIT_PYTHON", "/usr/bin/python3")
        as_root = {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"} if os.geteuid() == 0 else {}
        self.process = subprocess.Popen(
            [python, WINDOW, profile],
            env={**os.environ, **as_root, "DISPLAY": display, "LANG": "sv_SE.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def go(self, url: str) -> None:
        self._ask({"go": url})

    def run(self, body: str):
        """The value of an async function's body, run in the page."""
        return self._ask({"run": body}).get("value")

    def kill(self) -> None:
        """SIGKILL to all of it."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_S)
        self.process.stdin.close()
        self.process.stdout.close()

    def _ask(self, what: dict) -> dict:
        print(json.dumps(what), file=self.process.stdin, flush=True)
        said = self.process.stdout.readline()
        if not said:
            raise RuntimeError("WebKit is gone: run tools/ensure_webkit.py")
        answer = json.loads(said)
        if "fault" in answer:
            raise RuntimeError(answer["fault"])
        return answer


@contextmanager
def unseen_screen() -> Iterator[str]:
    """An X display in memory, as DISPLAY names it."""
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "800x900x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield f":{screen.stdout.readline().strip()}"
    finally:
        screen.terminate()
        screen.wait(PATIENCE_S)
        screen.stdout.close()
