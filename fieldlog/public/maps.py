"""`/map/…`: the outline and the basemap of the area, the same bytes for everyone.

What is served speaks of no record. A basemap is read by pieces (Range), or whole to be kept.
"""

from flask import jsonify, send_file, url_for

from fieldlog import problems
from fieldlog.access.guard import open_to_all
from fieldlog.public.door import door
from fieldlog.store import maps

TYPES = {"outline": "application/geo+json", "basemap": "application/vnd.pmtiles"}
FOR_EVER = "public, max-age=31536000, immutable"


@door.get("/map/now.json")
@open_to_all
def map_now():
    """Which files are in force, so that a phone knows whether it has them."""
    answer = jsonify({kind: _told(kind, now) for kind, now in maps.listed().items()})
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@door.get("/map/<any(outline, basemap):kind>/<sha256>")
@open_to_all
def map_file(kind: str, sha256: str):
    """A file in force, by the hash of its bytes."""
    path = maps.file(kind, sha256)
    if path is None:
        raise problems.Refused(problems.NOT_FOUND)
    answer = send_file(path, TYPES[kind], conditional=True, etag=sha256)
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


def _told(kind: str, now: dict | None) -> dict | None:
    if now is None:
        return None
    return {"url": url_for("public.map_file", kind=kind, sha256=now["sha256"]), **now}
