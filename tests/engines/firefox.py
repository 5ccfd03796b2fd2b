"""Firefox, driven by the protocol that it speaks itself (Marionette): JSON on a socket, no driver.

Knows nothing of fieldlog.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

NAMES = ("firefox-esr", "firefox")
PREFERENCES = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.safebrowsing.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "sv-SE",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.server": "",
}
PATIENCE_S = 60
CALLED = """const done = arguments[arguments.length - 1];
const failed = (fault) => done({ fault: String(fault) });
(async () => { %s })().then((value) => done({ value }), failed);"""


class Firefox:
    """One browser on one profile, that can be killed and opened again."""

    def __init__(self, profile: Path, _display: str | None = None):
        profile.mkdir(exist_ok=True)
        said = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items())
        (profile / "user.js").write_text("".join(said), encoding="utf-8")
        port = profile / "MarionetteActivePort"
        port.unlink(missing_ok=True)
        self._numbers, self._socket = count(1), None
        self.process = subprocess.Popen(
            [executable(), "--headless", "--marionette", "--no-remote", "--profile", profile],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._socket = socket.create_connection(("127.0.0.1", _told(port)), PATIENCE_S)
            self._read()  # its greeting
            self._call("WebDriver:NewSession", {})
            self._call("WebDriver:SetTimeouts", {"script": PATIENCE_S * 1000})
        except BaseException:
            self.kill()
            raise

    def go(self, url: str) -> None:
        self._call("WebDriver:Navigate", {"url": url})

    def run(self, body: str):
        """The value of an async function's body, run in the page."""
        asked = {"script": CALLED % body, "args": [], "newSandbox": True}
        answer = self._call("WebDriver:ExecuteAsyncScript", asked)["value"]
        if "fault" in answer:
            raise RuntimeError(answer["fault"])
        return answer.get("value")

    def kill(self) -> None:
        """SIGKILL to all of it."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_S)
        if self._socket:
            self._socket.close()

    def _call(self, command: str, given: dict) -> dict:
        message = json.dumps([0, next(self._numbers), command, given]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, fault, result = self._read()
        if fault:
            raise RuntimeError(f"{command}: {fault['error']}: {fault['message']}")
        return result

    def _read(self):
        length = b""
        while not length.endswith(b":"):
            length += self._some(1)
        return json.loads(self._some(int(length[:-1])))

    def _some(self, size: int) -> bytes:
        held = b""
        while len(held) < size:
            data = self._socket.recv(size - len(held))
            if not data:
                raise ConnectionError("Firefox hung up")
            held += data
        return held


def executable() -> str:
    """The system's Firefox; FIREFOX names another."""
    found = os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "There is no Firefox: run tools/ensure_firefox.py, or name one in FIREFOX."
    return found


def _told(file: Path) -> int:
    """The port, once Firefox has written it down."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with suppress(FileNotFoundError, ValueError):
            return int(file.read_text(encoding="ascii"))
        time.sleep(0.02)
    raise RuntimeError("Firefox did not come up")
