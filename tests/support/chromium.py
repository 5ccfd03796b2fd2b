"""How every test and measure starts Chromium: the system's own, and quiet."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]


def path() -> str:
    """Where it is; CHROMIUM names another than the system's."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "There is no Chromium: run tools/ensure_chromium.py, or name one in CHROMIUM."
    return found


def launching() -> dict:
    """What Playwright is given to start it."""
    return {"executable_path": path(), "args": QUIET, "headless": True}
