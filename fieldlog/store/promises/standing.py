"""What was in force on a day: published, not ended, and within its period."""

from dataclasses import dataclass
from datetime import date

from fieldlog.store import versions
from fieldlog.store.promises import things
from fieldlog.store.promises.things import Agreement, Commitment, Focus, Promise, Source, Thing
from fieldlog.store.tables import Version


@dataclass(frozen=True)
class Standing:
    """Each by its code. `sources` are those that the others name."""

    on: date
    agreements: tuple[Agreement, ...]
    promises: tuple[Promise, ...]
    focuses: tuple[Focus, ...]
    commitments: tuple[Commitment, ...]
    sources: tuple[Source, ...]


def standing(on: date) -> Standing:
    """What was in force on that day, whatever has been decided from a later day on."""
    agreements, promises = _all("agreement", on), _all("promise", on)
    known = {one.code for one in promises}
    focuses = tuple(one for one in _all("focus", on) if one.promise in known)
    found = (*agreements, *promises, *focuses, *(commitments := _all("commitment", on)))
    named = {code for one in found for code in one.sources}
    sources = tuple(one for one in _all("source", on) if one.code in named)
    return Standing(on, agreements, promises, focuses, commitments, sources)


def of(versions_of_one: list[Version], on: date) -> Thing | None:
    """The thing as it was in force on that day, None when it was not."""
    held = versions.holding(versions_of_one, on)
    if held is None:
        return None
    thing = things.read(held.kind, held.code, held.body)
    return thing if not isinstance(thing, things.Lasting) or thing.covers(on) else None


def _all(kind: str, on: date) -> tuple:
    return tuple(filter(None, (of(one, on) for one in versions.every(kind).values())))
