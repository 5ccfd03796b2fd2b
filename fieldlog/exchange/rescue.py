"""`POST /sync/v1/rescue`: a rescue file that anyone carried here. Only the centre can open it.

A node keeps the file for good, hands it on at once if it can and else at night.
"""

from datetime import UTC, datetime

from flask import Response, g, jsonify, request

from fieldlog import config, problems
from fieldlog.access import limits, machine
from fieldlog.exchange import body, described, upstream
from fieldlog.exchange.door import door
from fieldlog.problems import Refused
from fieldlog.store import identity, rescues
from sync import rescue as files
from sync.rescue import Head, Newer, Unfit

HELD_MAX = 1024 * 1024 * 1024  # bytes of files that a node keeps at a time


@door.route("/rescue", methods=["POST"])
@door.doc(**described.RESCUE)
@machine("rescue")
@limits.limiter.limit(limits.rescues)
def rescue():
    """Take a rescue file

    At the centre all that is in it is taken as if its phone had pushed it; twice is harmless.
    """
    request.max_content_length = files.RESCUE_MAX
    body.must_be("application/octet-stream")
    content = body.whole(files.RESCUE_MAX)
    now = datetime.now(UTC)
    try:
        if config.current().role == "node":
            return _kept(content, now)
        return jsonify(rescues.take(content, g.device.id, now))
    except Unfit as fault:
        detail = str(fault)
        raise Refused(
            problems.RESCUE[fault.code], detail=f"{detail[:1].upper()}{detail[1:]}."
        ) from fault


def _kept(content: bytes, now: datetime) -> Response | tuple[Response, int]:
    """On disk here before anything is tried; then the centre's own answer, if it can be had."""
    head = _for_our_centre(content)
    if rescues.held_bytes() + len(content) > HELD_MAX:
        raise Refused(problems.FULL)
    digest = rescues.keep(content, head, g.device.id, now)
    told = upstream.rescue(digest, content, now)
    if told is not None:
        return jsonify(told)
    kept = {"state": "kept", "sha256": digest, "device": head.device if head else None, "up": None}
    return jsonify(kept), 202


def _for_our_centre(content: bytes) -> Head | None:
    """What the first line tells; None for a version that only the centre may know."""
    try:
        return files.head_of(files.Pieces([content]), identity.centre_key())
    except Newer:
        return None
