"""Chromium by its DevTools protocol over a pipe: started, spoken to, frozen, killed.

A pipe and not a library, because here the browser is what fails: its whole process group can be
stopped or killed in the middle of anything, and starting it again costs one second. Knows nothing
of fieldlog.
"""

import json
import os
import queue
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--hide-crash-restore-bubble",
    "--lang=sv-SE",
    "--disable-features=BackForwardCache",  # a page that was left holds its storage open there
]
PATIENCE_S = 60


class Gone(Exception):
    """The browser, or the page spoken to, is no longer there."""


class Complaint(Exception):
    """The browser answered, with an error."""


class Chromium:
    """One process group on one profile. `call` asks and waits; `events` is what it told unasked."""

    def __init__(self, profile: Path, *more: str):
        self.events: queue.Queue[dict] = queue.Queue()
        self._answers: dict[int, queue.Queue] = {}
        self._numbers = count(1)
        to_us, theirs_out = os.pipe()
        theirs_in, from_us = os.pipe()
        self._out, self._in = os.fdopen(from_us, "wb", 0), os.fdopen(to_us, "rb")
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        command = [executable(), *QUIET, *root, *more, f"--user-data-dir={profile}", "about:blank"]
        self.process = subprocess.Popen(
            # The browser reads from 3 and writes to 4, whatever the pipe's own numbers are.
            ["bash", "-c", f'exec 3<&{theirs_in} 4>&{theirs_out}; exec "$@"', "chromium", *command],
            pass_fds=(theirs_in, theirs_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        threading.Thread(target=self._listen, daemon=True).start()

    def call(
        self, method: str, session: str | None = None, patience: float = PATIENCE_S, **params
    ) -> dict:
        """One command and its result; Gone or Complaint where there is none."""
        answers = self.send(method, session, **params)
        try:
            answer = answers.get(timeout=patience)
        except queue.Empty as fault:
            raise Gone(method) from fault
        if answer is None:
            raise Gone(method)
        if "error" in answer:
            raise Complaint(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def send(self, method: str, session: str | None = None, **params) -> queue.Queue:
        """One command, and where its answer will come."""
        number, answers = next(self._numbers), queue.Queue()
        said = {"id": number, "method": method, "params": params}
        if session:
            said["sessionId"] = session
        self._answers[number] = answers
        try:
            self._out.write(json.dumps(said).encode() + b"\0")
        except (OSError, ValueError) as fault:
            raise Gone(method) from fault
        return answers

    def page(self) -> "Page":
        """The first tab."""
        targets = self.call("Target.getTargets")["targetInfos"]
        return self._attach(next(t["targetId"] for t in targets if t["type"] == "page"))

    def new_page(self) -> "Page":
        """One more tab; another if its renderer was killed before it could answer."""
        for _ in range(2):
            with suppress(Gone):
                return self._attach(self.call("Target.createTarget", url="about:blank")["targetId"])
        raise Gone("no tab comes up")

    def pids(self, kind: str) -> list[int]:
        """Processes of a kind: "browser", "renderer", …"""
        listed = self.call("SystemInfo.getProcessInfo")["processInfo"]
        return [one["id"] for one in listed if one["type"] == kind]

    def freeze(self) -> None:
        """Stop every process of it where it stands; returns when no thread moves any more."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        until = time.monotonic() + PATIENCE_S
        while moving := [pid for pid in self._group() if not stands(pid)]:
            if time.monotonic() > until:
                raise Gone(f"{moving} do not stop")
            time.sleep(0.001)

    def _group(self) -> list[int]:
        """All processes that were started for it and live."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(ProcessLookupError, PermissionError):
                if os.getpgid(int(folder.name)) == self.process.pid:
                    found.append(int(folder.name))
        return found

    def kill(self) -> None:
        """SIGKILL to all of it at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_S)
        self._shut()

    def close(self) -> None:
        """End it in order."""
        with suppress(Gone, Complaint):
            self.call("Browser.close")
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.kill()

    def heard(self, method: str, patience: float) -> Iterator[dict]:
        """The events of a kind as they come, for that many seconds; others are dropped."""
        until = time.monotonic() + patience
        while (left := until - time.monotonic()) > 0:
            try:
                event = self.events.get(timeout=left)
            except queue.Empty:
                return
            if event["method"] == method:
                yield event["params"] | {"session": event.get("sessionId")}

    def _attach(self, target: str) -> "Page":
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return Page(self, target, session)

    def _listen(self) -> None:
        held = b""
        with suppress(OSError, ValueError):
            while data := self._in.read1(1 << 16):
                *whole, held = (held + data).split(b"\0")
                for message in map(json.loads, whole):
                    if "id" in message:
                        self._answers.pop(message["id"], self.events).put(message)
                    else:
                        self.events.put(message)
        for waiting in list(self._answers.values()):
            waiting.put(None)

    def _shut(self) -> None:
        for pipe in (self._out, self._in):
            with suppress(OSError):
                pipe.close()


class Page:
    """One tab."""

    def __init__(self, browser: Chromium, target: str, session: str):
        self.browser, self.target, self.session = browser, target, session
        self.call("Page.enable", patience=5)
        self.call("Runtime.enable")

    def call(self, method: str, **params) -> dict:
        return self.browser.call(method, self.session, **params)

    def send(self, method: str, **params) -> None:
        """The same, without waiting for the answer."""
        self.browser.send(method, self.session, **params)

    def go(self, url: str) -> None:
        """Navigate; returns when the address has answered, before all is loaded."""
        fault = self.call("Page.navigate", url=url).get("errorText")
        if fault:
            raise Complaint(f"{url}: {fault}")

    def evaluate(self, script: str, *arguments):
        """The value of a function expression called in the page, promises waited for."""
        given = ", ".join(json.dumps(argument) for argument in arguments)
        answer = self.call(
            "Runtime.evaluate",
            expression=f"({script})({given})",
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in answer:
            fault = answer["exceptionDetails"]
            raise Complaint(fault.get("exception", {}).get("description") or fault["text"])
        return answer["result"].get("value")

    def close(self) -> None:
        self.browser.call("Target.closeTarget", targetId=self.target)


def stands(pid: int) -> bool:
    """Whether each thread of a process is stopped, or the process has ended."""
    try:
        tasks = [task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/stat")]
    except (FileNotFoundError, ProcessLookupError):
        return False  # one has just ended: ask again
    return all(said.rsplit(")", 1)[1].split()[0] in "TZX" for said in tasks)


def executable() -> str:
    """The system's Chromium; CHROMIUM names another."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "There is no Chromium: run tools/ensure_chromium.py, or name one in CHROMIUM."
    return found
