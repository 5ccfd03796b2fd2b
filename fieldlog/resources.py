"""Finds templates, static files and data both in a checkout and in an installed wheel.

Knows nothing of Flask. In a wheel they lie inside the package; in a checkout, beside it.
"""

import json
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource(path: str) -> Path:
    """The place of `static/…`, `templates/…` or `data/…`; it may not exist (yet)."""
    inside = PACKAGE / path
    return inside if inside.exists() else PACKAGE.parent / path


def asset(name: str) -> str:
    """URL of a built file (`patrol.js`, `phone.css`) under its content-hashed name."""
    return f"/static/dist/{_entries(_stamp()).get(name, name)}"


def _manifest() -> Path:
    return resource("static") / "dist" / "manifest.json"


def _stamp() -> int:
    """A rebuild while serving must show at once, so the manifest's age is the cache's key."""
    try:
        return _manifest().stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=1)
def _entries(stamp: int) -> dict[str, str]:
    return json.loads(_manifest().read_text(encoding="utf-8"))["entries"] if stamp else {}
