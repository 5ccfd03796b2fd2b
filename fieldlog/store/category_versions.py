"""Editing what can be observed: each edit of a tile or a kind is a version; a code lives for ever.

What a code means never changes: neither its tile nor whether it is a standing condition. Knows no
page.
"""

import re
from datetime import datetime

from sqlalchemy import func, select

from fieldlog.store import versions
from fieldlog.store.categories import DEFAULTS
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Category, Version

KIND = "category"
EDITED = ("sv", "en", "focus", "incident", "route", "public", "active")
MOST_KINDS = 8  # of a tile: more don't fit under a thumb
WORD = re.compile("[a-z0-9]{1,24}")
# Places where drugs are sold, violence and what staff met are never shown on a map.
CAREFUL = ("NAR.", "PER.", "VAL.misshandel", "VAL.ran", "VAL.vapen")


class Wrong(ValueError):
    """It can't be so; `field` is what is wrong, `reason` is word, taken, full or public."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


def edit(code: str, said: dict, now: datetime, after: int, **made: str | None) -> bool:
    """Let the category say this from now on; False when it did already.

    `said` has EDITED; `after` is the number of versions that were seen; `made`: by and why. Raises
    LookupError, Wrong or versions.Overtaken.
    """
    with writing() as session:
        row = session.get(Category, code)
        if row is None:
            raise LookupError(code)
        _check(session, row.parent, code, said, comes_back=said["active"] and not row.active)
        before = _body(row)
        for name in EDITED:
            setattr(row, name, said[name])
        if _body(row) == before:
            return False
        versions.follow(KIND, code, before, _body(row), now, after, **made)
    return True


def add(tile: str, word: str, said: dict, now: datetime, **made: str | None) -> str:
    """Add a kind under a tile; its code. `said` has EDITED and standing. Raises as `edit`."""
    code = f"{tile}.{word}"
    with writing() as session:
        above = session.get(Category, tile)
        if above is None or above.parent is not None:
            raise LookupError(tile)
        if not WORD.fullmatch(word):
            raise Wrong("word", "word")
        if session.get(Category, code) is not None:
            raise Wrong("word", "taken")
        _check(session, tile, code, said, comes_back=said["active"])
        row = Category(
            **{**DEFAULTS, **said}, code=code, parent=tile, position=_next(session, above)
        )
        session.add(row)
        session.flush()
        versions.follow(KIND, code, None, _body(row), now, 0, **made)
    return code


def history(code: str) -> list[Version]:
    """The versions of a category, the oldest first; none for one that was never edited."""
    return versions.history(KIND, code)


def one(code: str) -> Category | None:
    return reading().get(Category, code)


def _check(session, tile: str | None, code: str, said: dict, *, comes_back: bool) -> None:
    if code.startswith(CAREFUL) and said["public"] == "place":
        raise Wrong("public", "public")
    if tile is not None and comes_back:
        active = select(func.count()).where(Category.parent == tile, Category.active)
        if session.scalar(active) >= MOST_KINDS:
            raise Wrong("active", "full")


def _next(session, tile: Category) -> int:
    """A position after the tile's last kind; what stands from there on moves one down."""
    last = session.scalar(select(func.max(Category.position)).where(Category.parent == tile.code))
    wanted = (tile.position if last is None else last) + 1
    for row in session.scalars(select(Category).where(Category.position >= wanted)):
        row.position += 1
    return wanted


def _body(row: Category) -> dict:
    return {name: getattr(row, name) for name in EDITED}
