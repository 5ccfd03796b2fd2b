"""What organisations, places, categories and devices are called; each read once a request.

Knows no record. An unknown code keeps its code as its name: it is shown, never hidden.
"""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from flask import g

from fieldlog.language import current
from fieldlog.store import people, place_versions, versions
from fieldlog.store.database import reading
from fieldlog.store.tables import Category, Device, Organisation, Place


def organisations() -> dict[str, sa.Row]:
    """code → (code, name, kind)."""
    return _once("organisations", lambda: _by_code(Organisation))


def places() -> dict[str, sa.Row]:
    """code → the place's row, by name."""
    return _once("places", lambda: _by_code(Place, Place.name))


def categories() -> dict[str, sa.Row]:
    """code → the category's row, tiles and kinds, in the order of the phone."""
    return _once("categories", lambda: _by_code(Category, Category.position))


def devices() -> dict[str, sa.Row]:
    """id → the device's row."""
    return _once("devices", lambda: _by_code(Device))


def account(id: str | None) -> str:
    """What somebody is called, or the end of the id."""
    known = _once("accounts", lambda: {one.id: one.name for one in people.everyone()}).get(id)
    return known or (id or "–")[-8:]


def tiles() -> list[sa.Row]:
    """The categories of the first screen."""
    return [one for one in categories().values() if one.parent is None]


def kinds_of(code: str) -> tuple[str, ...]:
    """The codes that a tile's filter means: its kinds and itself; a kind means itself."""
    below = tuple(one.code for one in categories().values() if one.parent == code)
    return (code, *below)


def other_kinds() -> tuple[str, ...]:
    """The codes that say "other": something the tiles have no word for."""
    return tuple(code for code in categories() if code.endswith(".annat"))


def called(row: sa.Row) -> str:
    """A category's name in the reader's language."""
    return row.en if current() == "en" else row.sv


def place(code: str | None) -> str | None:
    """A place's name, or None when there is no such place."""
    known = places().get(code)
    return known.name if known else None


def place_then(code: str | None, at: datetime) -> str | None:
    """What a place was called at a moment; None when there is no such place."""
    editions = _once("place_editions", lambda: versions.every(place_versions.KIND))
    return place_versions.called(editions.get(code, ()), at) or place(code)


def organisation(code: str | None) -> str:
    """An organisation's name, or its code."""
    known = organisations().get(code)
    return known.name if known else code or "–"


def others(org: str) -> list[tuple[str, str]]:
    """Every other organisation: code and name."""
    return [(code, row.name) for code, row in organisations().items() if code != org]


def shown_to(row) -> list[tuple[str, str]]:
    """The organisations that a record was shown to: code and name."""
    return [(code, organisation(code)) for code in (row.shared or "").split()]


def device(id: str | None) -> str:
    """A device's name, or the end of its id."""
    known = devices().get(id)
    return known.name if known else (id or "–")[-8:]


def _once(name: str, read: Callable[[], dict]) -> dict:
    kept = g.setdefault("fieldlog_names", {})
    if name not in kept:
        kept[name] = read()
    return kept[name]


def _by_code(model, *order) -> dict:
    table = model.__table__
    key = next(iter(table.primary_key)).name
    rows = reading().execute(sa.select(table).order_by(*order)).all()
    return {getattr(row, key): row for row in rows}
