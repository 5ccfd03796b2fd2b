"""What free text must not hold, and what it should not: personal data, found before it is kept.

A personal number stops a text; whatever looks like a telephone number, a plate, an e-mail address,
a handle or a name only warns. The phone has the same rules, generated from `rules.json`. Knows no
record and no language but Swedish.
"""

import json
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from sync.brake.number import is_number

_TEN_DIGITS = re.compile("(?:[0-9][^0-9]{0,3}){10}")


class Find(NamedTuple):
    """`kind`: personal, email, phone, plate, handle or name. `start` and `end` in code points."""

    kind: str
    start: int
    end: int
    text: str


def stops(text: str) -> list[Find]:
    """Personal numbers in `text` (NFC): with one of them it must not be kept."""
    if not _TEN_DIGITS.search(text):  # most texts: a glance is enough
        return []
    return [
        _find(kind, match)
        for kind, pattern in _rules().stop
        for match in pattern.finditer(text)
        if is_number(*match.groups())
    ]


def warns(text: str) -> list[Find]:
    """What looks like personal data otherwise, in the order of the text, none inside another."""
    found = [
        _find(kind, match) for kind, pattern in _rules().warn for match in pattern.finditer(text)
    ]
    found += _names(text)
    taken: list[Find] = stops(text)
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if all(each.end <= other.start or other.end <= each.start for other in taken):
            taken.append(each)
    return sorted((each for each in taken if each.kind != "personal"), key=lambda one: one.start)


class _Rules(NamedTuple):
    stop: list[tuple[str, re.Pattern]]
    warn: list[tuple[str, re.Pattern]]
    pair: re.Pattern
    told: re.Pattern
    initial: re.Pattern
    no_first: re.Pattern
    no_last: re.Pattern
    place_end: re.Pattern


@cache
def _rules() -> _Rules:
    said = json.loads(files(__package__).joinpath("rules.json").read_text("utf-8"))

    def made(pattern: str) -> re.Pattern:
        for name, letters in said["letters"].items():
            pattern = pattern.replace(f"{{{name}}}", letters)
        return re.compile(pattern)

    name = {key: made(pattern) for key, pattern in said["name"].items()}
    return _Rules(
        [(kind, made(pattern)) for kind, pattern in said["stop"]],
        [(kind, made(pattern)) for kind, pattern in said["warn"]],
        **name,
    )


def _names(text: str) -> list[Find]:
    """Two capitalised words that are not known to name a place, and what is said to be a name."""
    rules = _rules()
    found = [
        _find("name", match)
        for each in (rules.told, rules.initial)
        for match in each.finditer(text)
    ]
    at = 0
    while match := rules.pair.search(text, at):
        first, last = match.groups()
        place = (
            rules.no_first.fullmatch(first)
            or rules.no_last.fullmatch(last)
            or rules.place_end.fullmatch(last)
            or rules.place_end.fullmatch(first)
        )
        at = match.start(2) if place else match.end()
        if not place:
            found.append(_find("name", match))
    return found


def _find(kind: str, match: re.Match) -> Find:
    return Find(kind, match.start(), match.end(), match.group())
