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
    return f"/static/dist/{_built(_stamp())['entries'].get(name, name)}"


def first_scripts() -> list[str]:
    """URLs of what the phone's script imports at once."""
    return _built(_stamp())["first"]


def _manifest() -> Path:
    return resource("static") / "dist" / "manifest.json"


def _stamp() -> int:
    """A rebuild while serving must show at once, so the manifest's age is the cache's key."""
    try:
        return _manifest().stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=1)
def _built(stamp: int) -> dict:
    nothing = {"entries": {}, "first": []}
    return json.loads(_manifest().read_text(encoding="utf-8")) if stamp else nothing
