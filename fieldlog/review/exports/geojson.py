"""GeoJSON for maps and programs: one feature a record, in codes and UTC; what lies nowhere too.

The collection's last member says what the file is. A file cut off is no JSON.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count
from json import dumps
from typing import Any

from fieldlog.review import mapping, names
from fieldlog.review.exports.about import About
from fieldlog.review.exports.columns import utc
from fieldlog.store.listing import Listed

MIMETYPE, ENDING = "application/geo+json", "geojson"
BOTH = ("place", "org", "state", "review", "code", "amended", "conflict", "received_at")
SAID = {
    "visit": ("ended_at", "ended_by", "mode", "crew", "kind", "climate", "contacts",
              "nothing_observed"),
    "event": ("to_at", "category", "severity", "people", "source", "precision", "standing"),
}  # fmt: skip


def write(records: Iterable[Listed], about: About) -> Iterator[bytes]:
    """The file, piece by piece: a feature a line."""
    places, number = names.places(), count()
    yield b'{"type":"FeatureCollection","features":['
    for record in records:
        before = ",\n" if next(number) else "\n"
        yield (before + _json(_feature(record, places))).encode()
    yield f'\n],"about":{_json(about.says(next(number)))}}}\n'.encode()


def _feature(record: Listed, places: dict) -> dict[str, Any]:
    row = record.row
    point = mapping.position(row, places)
    return {
        "type": "Feature",
        "id": row.rid.hex(),
        "geometry": point and {"type": "Point", "coordinates": point},
        "properties": _properties(record, places.get(row.place)),
    }


def _properties(record: Listed, place) -> dict[str, Any]:
    row = record.row
    return {
        "type": record.kind,
        "observed_at": utc(row.observed_at),
        "place_name": place and place.name,
        "district": place and place.district,
        "merged_into": row.merged_into and row.merged_into.hex(),
        "shared_with": (row.shared or "").split(),
        **{name: _value(getattr(row, name)) for name in (*BOTH, *SAID[record.kind])},
    }


def _value(value: Any) -> Any:
    return utc(value) if isinstance(value, datetime) else value


def _json(value: Any) -> str:
    return dumps(value, ensure_ascii=False, separators=(",", ":"))
