"""What can be observed: nine tiles with their kinds, seeded from data, edited as data.

Knows nothing of the events that carry them. A code lives for ever; it is only made inactive.
"""

from sqlalchemy import select

from fieldlog.data import load
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Category

TILE = ("code", "sv", "en", "icon")
KIND = ("code", "sv", "en", "standing")
DEFAULTS = {"icon": None, "focus": None, "incident": True, "route": None, "public": "no"}


def tiles() -> list[dict]:
    """The active tiles with their active kinds, in order, in the shape of the bundle."""
    active = reading().scalars(select(Category).where(Category.active).order_by(Category.position))
    rows = list(active)
    return [
        {name: getattr(row, name) for name in TILE}
        | {"children": [_shown(kind) for kind in rows if kind.parent == row.code]}
        for row in rows
        if row.parent is None
    ]


def seed() -> int:
    """Give a store without categories those of fieldlog/data; how many it has got."""
    if reading().scalar(select(Category.code).limit(1)) is not None:
        return 0
    return replace(load("categories.json")["tiles"])


def replace(new: list[dict]) -> int:
    """Let exactly these be active; what they don't say of a code they know stays as it was."""
    wanted = list(_flat(new))
    codes = {row["code"] for row in wanted}
    with writing() as session:
        for row in sorted(wanted, key=lambda row: row["parent"] is not None):
            _put(session, row)
        for gone in session.scalars(select(Category).where(Category.code.not_in(codes))):
            gone.active = False
    return len(wanted)


def _flat(new: list[dict]):
    """Each tile and kind as a row, `position` counted through."""
    position = 0
    for tile in new:
        for row in (tile, *tile["children"]):
            kept = {name: value for name, value in row.items() if name != "children"}
            parent = None if row is tile else tile["code"]
            yield {**kept, "parent": parent, "position": position, "active": True}
            position += 1


def _put(session, row: dict) -> None:
    held = session.get(Category, row["code"])
    if held is None:
        session.add(Category(**{**DEFAULTS, "standing": False, **row}))
        session.flush()
        return
    for name, value in row.items():
        setattr(held, name, value)


def _shown(kind: Category) -> dict:
    return {name: getattr(kind, name) for name in KIND}
