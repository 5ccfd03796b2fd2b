"""Features, a page at a time, and one alone. Each read is told to the audit log before it is shown.

Where a page goes on is a key, not a number of rows: nothing is skipped or told twice while records
arrive.
"""

from datetime import UTC, datetime
from operator import attrgetter
from uuid import UUID

from flask import Response, g, request

from fieldlog import problems
from fieldlog.access import audit, limits, reader, sight
from fieldlog.features import asked, shapes
from fieldlog.features.collections import known
from fieldlog.features.door import GEOJSON, answer, door, link, only, wrong
from fieldlog.problems import Refused
from fieldlog.store import cursor, features, places
from fieldlog.store.features import Asked
from sync.times import stamp

KINDS = {"visits": "visit", "events": "event"}


@door.get("/collections/<collection>/items")
@reader("features.read")
@limits.limiter.limit(limits.READS)
def items(collection: str):
    """A page of features, newest first; places by their code."""
    only(*asked.NAMES)
    page = _places if known(collection) == "places" else _records
    found, matched, onwards = page(collection)
    _tell(collection, len(found))
    links = [link("self", "features.items", "This page", GEOJSON, collection=collection, **_args())]
    if onwards:
        more = {"collection": collection, **_args(), "after": onwards}
        links.append(link("next", "features.items", "The next page", GEOJSON, **more))
    return answer(
        {
            "type": "FeatureCollection",
            "features": found,
            "numberMatched": matched,
            "numberReturned": len(found),
            "timeStamp": stamp(datetime.now(UTC)),
            "links": links,
        },
        GEOJSON,
    )


@door.get("/collections/<collection>/items/<id>")
@reader("features.read")
@limits.limiter.limit(limits.READS)
def item(collection: str, id: str) -> Response:
    """One feature; what is not the reader's is not there."""
    only()
    found = (_place if known(collection) == "places" else _record)(collection, id)
    found["links"] = [
        link("self", "features.item", "This feature", GEOJSON, collection=collection, id=id),
        link("collection", "features.collection", "All of them", collection=collection),
    ]
    return answer(found, GEOJSON)


def _records(collection: str) -> tuple[list[dict], int, str | None]:
    since, until = asked.span()
    wanted = _asked(collection, since=since, until=until, box=asked.box())
    rows, onwards = features.page(wanted, _after(), asked.limit())
    found = [shapes.feature(collection, str(UUID(bytes=row.rid)), row) for row in rows]
    return found, features.count(wanted), onwards and cursor.write(onwards)


def _record(collection: str, id: str) -> dict:
    try:
        rid = UUID(id)
    except ValueError as fault:
        raise Refused(problems.NOT_FOUND) from fault
    row = features.one(_asked(collection), rid.bytes)
    if row is None:
        raise Refused(problems.NOT_FOUND)
    audit.of_record("features.read", row, token=g.reader.id)
    return shapes.feature(collection, str(rid), row)


def _places(collection: str) -> tuple[list[dict], int, str | None]:
    """There are few, and none has a time: every time matches."""
    asked.span()
    box, most, after = asked.box(), asked.limit(), request.args.get("after", "")
    matching = [place for place in places.active() if box is None or _inside(place, box)]
    matching.sort(key=attrgetter("code"))
    rest = [place for place in matching if place.code > after]
    onwards = rest[most - 1].code if len(rest) > most else None
    found = [shapes.feature(collection, place.code, place) for place in rest[:most]]
    return found, len(matching), onwards


def _place(collection: str, id: str) -> dict:
    found = [place for place in places.active() if place.code == id]
    if not found:
        raise Refused(problems.NOT_FOUND)
    _tell(collection, 1)
    return shapes.feature(collection, id, found[0])


def _asked(collection: str, **bounds) -> Asked:
    orgs, exact = sight.orgs(g.reader.account), sight.exactly(g.reader.scope)
    return Asked(KINDS[collection], orgs, exact, **bounds)


def _tell(collection: str, count: int) -> None:
    """Which filters there were and how many were shown; a box would be a position."""
    bounds = {"box": True} if "bbox" in request.args else {}
    if told := request.args.get("datetime"):
        bounds["datetime"] = told
    detail = {"collection": collection, "count": count, **bounds}
    audit.told("features.read", g.reader.id, detail=detail)


def _inside(place, box: features.Box) -> bool:
    west, south, east, north = box
    across = west <= place.lon <= east if west <= east else not east < place.lon < west
    return across and south <= place.lat <= north


def _after():
    text = request.args.get("after")
    try:
        return None if text is None else cursor.read(text)
    except ValueError as fault:
        raise wrong("`after` is taken from a `next` link.") from fault


def _args() -> dict[str, str]:
    return request.args.to_dict()
