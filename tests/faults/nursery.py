"""Processes that start warm: one that has read the whole program in forks off a child a command.

A child runs `fieldlog` as the command line does, is a process of its own and can be killed like
any other; it only spares the seconds that Python takes to read the program, a thousand times over.
"""

import ctypes
import importlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from itertools import count
from pathlib import Path

from fieldlog.config import PREFIX

PR_SET_PDEATHSIG, PR_SET_PTRACER = 1, 0x59616D61
MESSAGE_MAX = 65536
READ_AHEAD = ("fieldlog.cli.serve_", "fieldlog.cli.sync_", "fieldlog.cli.store_")


class Child:
    """A forked process, with as much of `subprocess.Popen` as a Store asks for."""

    def __init__(self, nursery: "Nursery", pid: int, stdout, complaints: Path):
        self._nursery, self.pid, self.stdout = nursery, pid, stdout
        self._complaints = complaints
        self._ended = os.pidfd_open(pid)
        self.returncode: int | None = None

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            signal.pidfd_send_signal(self._ended, number)

    def poll(self) -> int | None:
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._ended], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("fieldlog", timeout)
            self.returncode = self._nursery.bury(self.pid)
            os.close(self._ended)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it said and what it complained of, once it has ended."""
        self.wait(timeout)
        with self.stdout:
            return self.stdout.read(), self._complaints.read_text(encoding="utf-8")


class Nursery:
    """`spawn()` children in it; all of them end with it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._numbers = count(1)
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "tests.faults.nursery"], stdin=theirs
            )
        self._hear()

    def close(self) -> None:
        """Ends it and its children, and takes its folder away."""
        self._line.close()
        self._process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def spawn(self, command: list[str], environment: dict[str, str], before=()) -> Child:
        """`fieldlog *command`. `before`: lists of "module:function" and arguments, called first in
        the child: what a proof or a fault changes there."""
        complaints = self.folder / f"stderr-{next(self._numbers)}"
        read, write = os.pipe()
        settings = {k: v for k, v in environment.items() if k.startswith(PREFIX)}
        asked = {"command": command, "settings": settings, "before": [list(b) for b in before]}
        with complaints.open("wb") as errors:
            socket.send_fds(self._line, [json.dumps(asked).encode()], [write, errors.fileno()])
        os.close(write)
        return Child(self, self._hear(), os.fdopen(read, encoding="utf-8"), complaints)

    def bury(self, pid: int) -> int:
        """The exit code of a child that has ended."""
        self._line.send(json.dumps({"bury": pid}).encode())
        return self._hear()

    def _hear(self) -> int:
        said = self._line.recv(MESSAGE_MAX)
        if not said:
            raise RuntimeError("the nursery has ended")
        return int(said)


def main() -> None:
    """The process itself: forks what it is asked for on its stdin until nobody asks."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for module in (*READ_AHEAD, "fieldlog.cli", "fieldlog.access", "fieldlog.exchange"):
        importlib.import_module(module)
    for door in ("fieldlog.patrol", "fieldlog.review", "fieldlog.public"):
        importlib.import_module(door)
    with socket.socket(fileno=os.dup(0)) as line:
        line.send(b"0")
        while True:
            message, descriptors, _flags, _address = socket.recv_fds(line, MESSAGE_MAX, 2)
            if not message:
                return
            asked = json.loads(message)
            if "bury" in asked:
                _pid, status = os.waitpid(asked["bury"], 0)
                line.send(b"%d" % os.waitstatus_to_exitcode(status))
                continue
            line.send(b"%d" % _fork(line, asked, descriptors))


def _fork(line: socket.socket, asked: dict, descriptors: list[int]) -> int:
    pid = os.fork()
    if pid == 0:
        line.close()
        _be_child(asked, *descriptors)
    for descriptor in descriptors:
        os.close(descriptor)
    return pid


def _be_child(asked: dict, out: int, errors: int) -> None:
    """Never returns."""
    code = 1
    try:
        prctl = ctypes.CDLL(None).prctl
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        prctl(PR_SET_PTRACER, ctypes.c_ulong(-1))  # a strace beside us may look in
        nothing = os.open(os.devnull, os.O_RDONLY)
        for old, new in ((nothing, 0), (out, 1), (errors, 2)):
            os.dup2(old, new)
        os.closerange(3, max(nothing, out, errors) + 1)
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            del os.environ[name]
        os.environ.update(asked["settings"])
        for what, *arguments in asked["before"]:
            module, _, function = what.partition(":")
            getattr(importlib.import_module(module), function)(*arguments)
        code = _command(asked["command"])
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        os._exit(code)


def _command(words: list[str]) -> int:
    from fieldlog.cli import main as fieldlog

    try:
        fieldlog(words, prog_name="fieldlog")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    main()
