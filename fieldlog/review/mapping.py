"""GeoJSON for the desk's map (templates/parts/map.html): what lies where, as marks side by side.

Amber is presence, ink is events, hatched is not known. Knows nothing of how a mark is drawn.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from fieldlog.review import filters, names
from fieldlog.store.listing import Listed

# What a mark may show; drawn by static/js/map/marks.js.
PRESENCE, RUNNING, OWED = "presence", "running", "owed"
EVENT, STANDING, UNKNOWN = "event", "standing", "unknown"
ORDER = (PRESENCE, RUNNING, OWED, EVENT, STANDING, UNKNOWN)


def collection(points: Iterable[dict]) -> dict:
    """What the macro takes."""
    return {"type": "FeatureCollection", "features": list(points)}


def point(
    key: str,
    lon: float,
    lat: float,
    name: str,
    shows: Iterable[str],
    *,
    note: str = "",
    href: str | None = None,
    radius_m: int = 0,
) -> dict:
    """One mark. `note` stands after the name; `href` is where it leads."""
    shown = set(shows)
    properties = {
        "name": name,
        "shows": [one for one in ORDER if one in shown],
        "note": note,
        "href": href,
        "radius_m": radius_m,
    }
    geometry = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}


def position(row, places: Mapping[str, Any]) -> tuple[float, float] | None:
    """Where a record lies, as (lon, lat): its place's middle; without a place, its own point."""
    if row.place is None:
        return None if row.lat is None else (row.lon, row.lat)
    place = places.get(row.place)
    return (place.lon, place.lat) if place else None


def of_records(records: Iterable[Listed]) -> dict:
    """The records of a list by their place, with how many there are; free points one by one."""
    by_place: dict[str, list[Listed]] = {}
    free = []
    for record in records:
        if record.row.place is not None:
            by_place.setdefault(record.row.place, []).append(record)
        elif record.row.lat is not None:
            free.append(record)
    known = names.places()
    marks = [_place(known[code], some) for code, some in by_place.items() if code in known]
    return collection([*marks, *map(_free, free)])


def _place(row, records: list[Listed]) -> dict:
    return point(
        row.code,
        row.lon,
        row.lat,
        row.name,
        map(_shown, records),
        note=str(len(records)),
        href=filters.address({}, place=row.code),
        radius_m=row.radius_m,
    )


def _free(record: Listed) -> dict:
    row = record.row
    return point(row.rid.hex(), row.lon, row.lat, _("A point"), [_shown(record)])


def _shown(record: Listed) -> str:
    if record.kind == "visit":
        return RUNNING if record.row.state == "running" else PRESENCE
    return STANDING if record.row.standing == "open" else EVENT
