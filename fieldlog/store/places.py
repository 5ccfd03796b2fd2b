"""The places that are visited: imported at the centre, taken over from it at a node.

Knows nothing of who visits them. A place is never removed, only made inactive.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Place

SHOWN = ("code", "name", "kind", "district", "lat", "lon", "radius_m")
RADIUS_M = 150


class BadPlaces(ValueError):
    """A file that can't be imported; its text says which feature and why. Nothing was changed."""


@dataclass(frozen=True)
class Imported:
    """What an import did, as counts of places."""

    added: int
    changed: int
    unchanged: int


def active() -> list[Place]:
    """The active places by code."""
    return list(reading().scalars(select(Place).where(Place.active).order_by(Place.code)))


def listed() -> list[dict]:
    """The same in the shape of the bundle `places`."""
    return [{name: getattr(row, name) for name in SHOWN} for row in active()]


def import_geojson(document: dict, now: datetime) -> Imported:
    """Add or change the places of a GeoJSON FeatureCollection; the others stay. Raises BadPlaces.

    A feature is a Point with the properties code, name, type, district and buffer_m (metres).
    """
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise BadPlaces("The file is no GeoJSON FeatureCollection with features in it.")
    return put([_place(number, feature) for number, feature in enumerate(features, 1)], now)


def put(places: list[dict], now: datetime) -> Imported:
    """Add or change these places, given in the shape of `listed`; the others stay."""
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    with writing() as session:
        for place in places:
            counts[_put(session, place, now)] += 1
    return Imported(**counts)


def replace(places: list[dict], now: datetime) -> None:
    """Let exactly these be the active places: what a node does with the centre's bundle."""
    codes = {place["code"] for place in places}
    with writing() as session:
        put(places, now)
        for gone in session.scalars(select(Place).where(Place.active, Place.code.not_in(codes))):
            gone.active, gone.updated_at = False, now


def _put(session, place: dict, now: datetime) -> str:
    held = session.get(Place, place["code"])
    wanted = {**place, "active": True}
    if held is None:
        session.add(Place(**wanted, updated_at=now))
        return "added"
    if all(getattr(held, name) == value for name, value in wanted.items()):
        return "unchanged"
    for name, value in wanted.items():
        setattr(held, name, value)
    held.updated_at = now
    return "changed"


def _place(number: int, feature: dict) -> dict:
    try:
        lon, lat = _point(feature["geometry"])
        told = feature["properties"]
        return {
            "code": _words(told["code"], "code"),
            "name": _words(told["name"], "name"),
            "kind": _words(told.get("type") or told.get("kind"), "type"),
            "district": told.get("district"),
            "lat": lat,
            "lon": lon,
            "radius_m": int(told.get("buffer_m") or told.get("radius_m") or RADIUS_M),
        }
    except KeyError as missing:
        raise BadPlaces(f"Feature {number} has no {missing.args[0]}.") from missing
    except (TypeError, ValueError, AttributeError) as wrong:
        raise BadPlaces(f"Feature {number}: {wrong}.") from wrong


def _point(geometry: dict) -> tuple[float, float]:
    if geometry["type"] != "Point":
        raise ValueError(f"a place is a Point, not a {geometry['type']}")
    lon, lat = map(float, geometry["coordinates"][:2])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"{lon}, {lat} are not degrees of longitude and latitude")
    return lon, lat


def _words(value, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"its {name} must be text")
    return value.strip()
