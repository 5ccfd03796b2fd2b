"""What a feature tells: each collection's properties, once, for the answers and their description.

Personal data is left out on purpose: no author, no phone. A note and an exact position only where
the token's scope says so (`fieldlog.access.sight`). Knows no query.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from sync.times import stamp

TEXT = {"type": "string"}
TIME = {"type": "string", "format": "date-time"}
WHOLE = {"type": "integer"}
FLAG = {"type": "boolean"}


@dataclass(frozen=True)
class Property:
    """`of` reads it from a row; `schema` is its kind, if it is not null."""

    of: Callable[[Any], Any]
    schema: dict[str, str]
    nullable: bool = False


def _plain(name: str, schema: dict = TEXT, nullable: bool = False) -> Property:
    return Property(attrgetter(name), schema, nullable)


def _time(name: str, nullable: bool = False) -> Property:
    of = attrgetter(name)
    return Property(lambda row: stamp(of(row)) if of(row) else None, TIME, nullable)


def _id(name: str) -> Property:
    of = attrgetter(name)
    return Property(lambda row: str(UUID(bytes=of(row))) if of(row) else None, TEXT, True)


_BEGINS = {
    "organisation": _plain("org"),
    "place": _plain("place", nullable=True),
    "place_name": _plain("place_name", nullable=True),
}
_ENDS = {
    "note": _plain("note", nullable=True),
    "state": _plain("state"),
    "review": _plain("review"),
    "corrected": _plain("amended", FLAG),
    "conflict": _plain("conflict", FLAG),
    "quarantined": _plain("code", nullable=True),
    "merged_into": _id("merged_into"),
    "received_at": _time("received_at"),
}

PROPERTIES: dict[str, dict[str, Property]] = {
    "visits": {
        **_BEGINS,
        "started_at": _time("observed_at"),
        "ended_at": _time("ended_at", nullable=True),
        "ended_by": _plain("ended_by", nullable=True),
        "mode": _plain("mode"),
        "crew": _plain("crew", WHOLE),
        "kind": _plain("kind"),
        "climate": _plain("climate", nullable=True),
        "contacts": _plain("contacts", nullable=True),
        "nothing_observed": _plain("nothing_observed", FLAG, nullable=True),
        **_ENDS,
    },
    "events": {
        **_BEGINS,
        "category": _plain("category"),
        "from": _time("observed_at"),
        "to": _time("to_at", nullable=True),
        "precision": _plain("precision"),
        "source": _plain("source"),
        "people": _plain("people", nullable=True),
        "severity": _plain("severity", WHOLE),
        "standing": _plain("standing", nullable=True),
        "visit": _id("visit"),
        **_ENDS,
    },
    "places": {
        "name": _plain("name"),
        "kind": _plain("kind"),
        "district": _plain("district", nullable=True),
        "radius_m": _plain("radius_m", WHOLE),
    },
}


def feature(collection: str, id: str, row) -> dict[str, Any]:
    """A row as GeoJSON; a geometry of null where there is no point."""
    properties = {name: each.of(row) for name, each in PROPERTIES[collection].items()}
    point = None if row.lat is None else {"type": "Point", "coordinates": [row.lon, row.lat]}
    return {"type": "Feature", "id": id, "geometry": point, "properties": properties}


def schema(collection: str) -> Mapping[str, Any]:
    """The properties of a collection's features as OpenAPI 3.0 has them."""
    told = PROPERTIES[collection]
    return {
        "type": "object",
        "required": list(told),
        "properties": {name: _nullable(each) for name, each in told.items()},
    }


def _nullable(each: Property) -> dict[str, Any]:
    return each.schema | {"nullable": True} if each.nullable else each.schema
