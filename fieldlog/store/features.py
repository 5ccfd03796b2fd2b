"""Visits and events with a point on the map, a page at a time, as the log lists them.

The point is the record's own only where it may be read exactly, or is not exact; else it is the
middle of its place, and boxes are held against that: nobody finds the exact one by asking with
smaller and smaller ones. Knows no reader: the organisations come with what is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

import sqlalchemy as sa

from fieldlog.store import filtering
from fieldlog.store.database import reading
from fieldlog.store.filtering import KINDS, Key
from fieldlog.store.tables import Event, Place

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Asked:
    """`kind`: visit or event. `exact`: with notes and own points. `since` and `until` bound the
    beginning as [since, until). `box` is west, south, east, north; west of what is east, it runs
    over the antimeridian. What has no point is in every box.
    """

    kind: str
    orgs: tuple[str, ...]
    exact: bool = False
    since: datetime | None = None
    until: datetime | None = None
    box: Box | None = None


def page(asked: Asked, after: Key | None, limit: int) -> tuple[list[sa.Row], Key | None]:
    """The records that follow `after`, newest first, and where to go on; None at the end."""
    parts = (filtering.in_order(part, after, limit + 1, False) for part in _parts(asked))
    streams = [reading().execute(part).all() for part in parts]
    found = list(islice(merge(*streams, key=_key, reverse=True), limit + 1))
    more, found = len(found) > limit, found[:limit]
    return found, _key(found[-1]) if more else None


def count(asked: Asked) -> int:
    """How many there are in all."""
    ones = (
        part.with_only_columns(sa.literal(1), maintain_column_froms=True) for part in _parts(asked)
    )
    counted = (sa.select(sa.func.count()).select_from(one.subquery()) for one in ones)
    return sum(reading().scalar(each) for each in counted)


def one(asked: Asked, rid: bytes) -> sa.Row | None:
    """The record `rid` if it is among what is asked."""
    there = KINDS[asked.kind].rid == rid
    found = (reading().execute(part.where(there)).first() for part in _parts(asked))
    return next(filter(None, found), None)


def _parts(asked: Asked) -> Iterator[sa.Select]:
    """The own ones, and those that other organisations have shown: they show no note and point."""
    bounds = {"kind": asked.kind, "since": asked.since, "until": asked.until}
    model, middle = KINDS[asked.kind], (Place.lat, Place.lon)
    own, note = _own_point(model, asked.exact), model.note if asked.exact else sa.null()
    for part in filtering.parts(filtering.Filters(orgs=asked.orgs, **bounds)):
        yield _placed(part, asked, own, note)
    for part in filtering.parts(filtering.Filters(shared_to=asked.orgs, **bounds)):
        yield _placed(part, asked, middle, sa.null())


def _own_point(model, exact: bool) -> tuple:
    if exact:
        return sa.func.coalesce(model.lat, Place.lat), sa.func.coalesce(model.lon, Place.lon)
    if model is Event:
        rough = Event.precision != "exact"
        mine = (sa.case((rough, at)) for at in (Event.lat, Event.lon))
        return tuple(map(sa.func.coalesce, (Place.lat, Place.lon), mine))
    return Place.lat, Place.lon


def _placed(part: sa.Select, asked: Asked, point: tuple, note) -> sa.Select:
    model, (lat, lon) = KINDS[asked.kind], point
    joined = sa.outerjoin(model.__table__, Place.__table__, Place.code == model.place)
    part = part.select_from(joined).with_only_columns(
        *(c for c in filtering.COLUMNS[asked.kind] if c.name not in ("lat", "lon")),
        lat.label("lat"),
        lon.label("lon"),
        Place.name.label("place_name"),
        sa.type_coerce(note, sa.Text).label("note"),
    )
    return part if asked.box is None else part.where(_within(asked.box, lat, lon))


def _within(box: Box, lat, lon) -> sa.ColumnElement[bool]:
    west, south, east, north = box
    across = lon.between(west, east) if west <= east else sa.or_(lon >= west, lon <= east)
    return sa.or_(lat.is_(None), sa.and_(lat.between(south, north), across))


def _key(row: sa.Row) -> Key:
    return Key(row.observed_at, row.rid)
