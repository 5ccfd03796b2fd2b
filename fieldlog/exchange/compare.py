"""`POST /sync/v1/compare` and `GET /sync/v1/digest`: two stores make sure they hold the same.

Knows the lines, not how a node acts on them.
"""

from datetime import UTC, datetime

from flask import Response, g, jsonify

from fieldlog import config, problems
from fieldlog.access import machine
from fieldlog.exchange import body, described
from fieldlog.exchange.door import door
from fieldlog.problems import Refused
from fieldlog.store import blobs, devices, logs, nights
from sync.messages import Garbled
from sync.messages import compare as lines

MOST_BYTES = 4 * 1024 * 1024


@door.route("/compare", methods=["POST"])
@door.doc(**described.COMPARE)
@machine("compare")
def compare():
    """Tell which lines differ

    Lines `log have hash`; the answer holds those that differ or are missing, with our values.
    Of photos, `blob size sha256`, those that are not here, with the size 0; whoever asks about
    photos alone is told of photos alone.
    """
    body.must_be("text/plain")
    try:
        asked = lines.parse(body.whole(MOST_BYTES))
    except Garbled as error:
        raise Refused(problems.FRAMING, detail=f"{error}.") from error
    photos = [line for line in asked if line.log == lines.BLOB]
    ends = [line for line in asked if line.log != lines.BLOB]
    now = datetime.now(UTC)
    devices.touch(g.device, now)
    differing = []
    if ends or not photos:
        differing = logs.compare(ends, g.device)
        if g.device.kind == "node":
            _note_night(now, ends, differing)
    differing += blobs.lacking(photos, g.device)
    return Response(lines.render(differing), mimetype="text/plain")


@door.route("/digest", methods=["GET"])
@door.doc(**described.DIGEST)
@machine("digest")
def digest():
    """Tell one hash over all that is here of one's own"""
    return jsonify(digest=logs.digest(g.device))


def _note_night(now: datetime, asked: list, differing: list) -> None:
    """A node compares at the end of its night: the centre's page shows how it ended."""
    nights.seen(
        g.device.name,
        now,
        config.current().timezone,
        differing=len(differing),
        verified=len(asked) - len(differing),
        digest=logs.digest(g.device),
    )
