"""What can be read with the token: visits, events, places, or places alone."""

from flask import g

from fieldlog import problems
from fieldlog.access import limits, reader, sight
from fieldlog.features.door import GEOJSON, answer, door, link, only
from fieldlog.problems import Refused

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
TITLES = {
    "visits": ("Visits", "Presence at places, each visit as it now stands."),
    "events": ("Events", "What was observed, each event as it now stands."),
    "places": ("Places", "The places that are visited, by their middle."),
}


@door.get("/collections")
@reader("features.read")
@limits.limiter.limit(limits.READS)
def collections():
    """Every collection that may be read."""
    only()
    here = link("self", "features.collections", "What can be read")
    shown = [_told(name) for name in sight.collections(g.reader.scope)]
    return answer({"links": [here], "collections": shown})


@door.get("/collections/<collection>")
@reader("features.read")
@limits.limiter.limit(limits.READS)
def collection(collection: str):
    """One of them."""
    only()
    return answer(_told(known(collection)))


def known(collection: str) -> str:
    """The collection, if it may be read; what may not is not there."""
    if collection not in sight.collections(g.reader.scope):
        raise Refused(problems.NOT_FOUND)
    return collection


def _told(name: str) -> dict:
    title, description = TITLES[name]
    return {
        "id": name,
        "title": title,
        "description": description,
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            link("self", "features.collection", title, collection=name),
            link("items", "features.items", title, GEOJSON, collection=name),
        ],
    }
