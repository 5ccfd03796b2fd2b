"""Makes sure that the faults of the disk have strace: finds it, or installs the system's."""

import os
import shutil
import sys

from packages import install


def find() -> str | None:
    """The path of strace, or None. STRACE outranks what is on the path."""
    return os.environ.get("STRACE") or shutil.which("strace")


if __name__ == "__main__":
    if not sys.platform.startswith("linux"):
        print("strace: none, it is a tool of Linux; the disk's faults will be named as not run.")
        sys.exit(0)
    if not find():
        packages = {m: ["strace"] for m in ("apt-get", "dnf", "pacman", "apk")}
        install("strace", packages, "Install strace, or name it in STRACE.")
    if not find():
        sys.exit("strace was installed but is not on the path: name it in STRACE.")
    print(f"strace: {find()}")
