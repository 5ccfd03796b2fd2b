"""Makes sure that the engine tests have a Firefox: finds one, or installs the system's."""

import os
import shutil
import sys

from packages import install

NAMES = ("firefox-esr", "firefox")


def find() -> str | None:
    """The path of the browser to use, or None. FIREFOX outranks what is on the path."""
    chosen = os.environ.get("FIREFOX")
    return chosen or next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    if not find():
        packages = {"apt-get": ["firefox-esr"], "brew": ["--cask", "firefox"]}
        packages |= {manager: ["firefox"] for manager in ("dnf", "pacman", "apk")}
        install("Firefox", packages, "Install Firefox, or name one in FIREFOX.")
    if not find():
        sys.exit("Firefox was installed but is not on the path: name it in FIREFOX.")
    print(f"Firefox: {find()}")
