"""What a fault may need of the machine, and a sentence where it is missing. Installs nothing.

`python -m tests.faults.needs root loop` prints those sentences, and ends with 1 if there is one.
"""

import os
import shutil
import subprocess
import sys
import tempfile
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


def _mount() -> str | None:
    """A file system in memory can be mounted; a container may forbid it even to root."""
    return _refused("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs")


def _loop() -> str | None:
    """The same for an image on a loop device."""
    if not all(map(shutil.which, ("mkfs.ext4", "mount", "umount"))):
        return "needs mkfs.ext4, mount and umount"
    with tempfile.NamedTemporaryFile(prefix="fieldlog-loop-") as image:
        image.truncate(1 << 20)
        subprocess.run(["mkfs.ext4", "-q", "-F", image.name], check=True, capture_output=True)
        return _refused("mount", "-o", "loop", image.name)


def _refused(*mounting: str) -> str | None:
    """What the system says against this mount; None if it can be done."""
    with tempfile.TemporaryDirectory(prefix="fieldlog-mount-") as at:
        done = subprocess.run([*mounting, at], capture_output=True, text=True)
        if done.returncode:
            return f"no mount is allowed here: {done.stderr.strip()}"
        subprocess.run(["umount", at], check=True)
    return None


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
    "mount": _mount,
    "loop": _loop,
    "strace": _strace,
    "postgres": _postgres,
    "browser": _browser,
}


if __name__ == "__main__":
    unmet = [why for need in sys.argv[1:] if (why := missing(need))]
    print("; ".join(unmet))
    sys.exit(1 if unmet else 0)
