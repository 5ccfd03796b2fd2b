"""The versions of a thing in words: who made each, and what it changed. Knows no kind of thing."""

from collections.abc import Callable

from fieldlog.review import names
from fieldlog.store.tables import Version

Says = Callable[[str, object], tuple[str, str]]


def told(history: list[Version], says: Says) -> list[tuple]:
    """(version, who, [(field, before, after)]), the newest first; the oldest has nothing to compare
    with. `says` gives a field's name and its value in words.
    """
    found, before = [], None
    for one in history:
        changed = [name for name in one.body if before and one.body[name] != before.get(name)]
        words = [(*says(name, before.get(name)), says(name, one.body[name])[1]) for name in changed]
        found.append((one, names.account(one.made_by) if one.made_by else None, words))
        before = one.body
    return found[::-1]
