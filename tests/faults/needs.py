"""What a fault may need of the machine, and a sentence where it is missing. Installs nothing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.faults.fault import Fault

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@cache
def missing(need: str) -> str | None:
    """Why `need` can't be met here; None if it can."""
    check = CHECKS.get(need)
    return check() if check else f"needs {need}"


def lacking(fault: Fault) -> list[str]:
    """What this machine lacks for a fault, in sentences."""
    needs = (*(["root"] if fault.root else []), *fault.needs)
    return [why for need in needs if (why := missing(need))]


def _root() -> str | None:
    return None if os.geteuid() == 0 else "needs root: run it with sudo"


def _loop() -> str | None:
    """A loop mount is possible; a container may forbid it even to root."""
    if not all(map(shutil.which, ("losetup", "mkfs.ext4", "mount"))):
        return "needs losetup, mkfs.ext4 and mount"
    found = subprocess.run(["losetup", "-f"], capture_output=True, text=True)
    return None if found.returncode == 0 else f"no loop device here: {found.stderr.strip()}"


def _strace() -> str | None:
    return _tool("ensure_strace.py", "needs strace: run tools/ensure_strace.py")


def _postgres() -> str | None:
    return _tool("ensure_postgres.py", "needs PostgreSQL: run tools/ensure_postgres.py")


def _browser() -> str | None:
    return _tool("ensure_chromium.py", "needs Chromium: run tools/ensure_chromium.py")


def _tool(name: str, otherwise: str) -> str | None:
    """The tool's own `find`, asked in a process of its own: tools/ is no package of the tests."""
    code = f"import sys; sys.path.insert(0, {str(TOOLS)!r}); import {name[:-3]} as t; "
    code += "sys.exit(0 if t.find() else 1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    return None if done.returncode == 0 else otherwise


CHECKS: dict[str, Callable[[], str | None]] = {
    "root": _root,
    "loop": _loop,
    "strace": _strace,
    "postgres": _postgres,
    "browser": _browser,
}
