"""Editing the places: each edit is a version. A code lives for ever, and so do its older names.

Knows no page, and no file.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from fieldlog.store import versions
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Place, Version

KIND = "place"
EDITED = ("name", "kind", "district", "lat", "lon", "radius_m", "active")
CODE = re.compile("[A-Z0-9ÅÄÖ][A-Z0-9ÅÄÖ-]{0,11}")


class Taken(ValueError):
    """There is a place with that code already."""


def edit(code: str, said: dict, now: datetime, after: int, **made: str | None) -> bool:
    """Let the place be this from now on; False when it was already.

    `said` has EDITED; `after` is the number of versions that were seen; `made`: by and why. Raises
    LookupError or versions.Overtaken.
    """
    with writing() as session:
        row = session.get(Place, code)
        if row is None:
            raise LookupError(code)
        before = body(row)
        if said == before:
            return False
        for name in EDITED:
            setattr(row, name, said[name])
        row.updated_at = now
        versions.follow(KIND, code, before, body(row), now, after, **made)
    return True


def add(code: str, said: dict, now: datetime, **made: str | None) -> None:
    """A new place. Raises Taken."""
    with writing() as session:
        if session.get(Place, code) is not None:
            raise Taken(code)
        row = Place(code=code, **said, updated_at=now)
        session.add(row)
        session.flush()
        versions.follow(KIND, code, None, body(row), now, 0, **made)


def history(code: str) -> list[Version]:
    """The versions of a place, the oldest first; none for one that was never edited."""
    return versions.history(KIND, code)


def one(code: str) -> Place | None:
    return reading().get(Place, code)


def body(row: Place) -> dict:
    """What a version of the place says."""
    return {name: getattr(row, name) for name in EDITED}


def called(editions: Iterable[Version], at: datetime) -> str | None:
    """What a place with these versions was called at a moment; None if it was never edited."""
    found = None
    for one in editions:
        if found is None or one.made_at <= at:
            found = one.body["name"]
    return found
