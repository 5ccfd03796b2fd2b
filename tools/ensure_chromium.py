"""Makes sure that the browser tests have a Chromium: finds one, or installs the system's."""

import os
import shutil
import sys

from packages import install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of the browser to use, or None. CHROMIUM outranks what is on the path."""
    chosen = os.environ.get("CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    if not find():
        packages = {m: ["chromium"] for m in ("apt-get", "dnf", "pacman", "apk")}
        packages["brew"] = ["--cask", "chromium"]
        install("Chromium", packages, "Install Chromium, or name one in CHROMIUM.")
    if not find():
        sys.exit("Chromium was installed but is not on the path: name it in CHROMIUM.")
    print(f"Chromium: {find()}")
