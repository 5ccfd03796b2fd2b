"""`GET /sync/v1/device`: which phone this browser is or once was, so that a phone whose storage was
cleared can say so. Tells nothing of anyone's records.
"""

from flask import Response, jsonify

from fieldlog.access import device_cookie, limits, machines, open_to_all
from fieldlog.exchange import described
from fieldlog.exchange.door import door
from fieldlog.store import devices


@door.route("/device")
@door.doc(**described.DEVICE)
@open_to_all
@limits.limiter.limit(limits.ENROLMENTS)
def device() -> Response:
    """Tell which phone this is, by its token or by the cookie it was given

    Null for a browser that no phone's cookie came from, which is no error: every phone begins so.
    The cookie is given again, so that it lasts.
    """
    machines.check_protocol()
    machines.check_fetch_metadata()
    asker = machines.known_if_any()
    named = asker.id if asker and asker.kind == "phone" else device_cookie.device()
    if named is None:
        return jsonify({"device": None, "last_log": None})
    answer = jsonify({"device": named, "last_log": last_log(named)})
    return device_cookie.remember(answer, named)


def last_log(device: str) -> dict | None:
    """The log that this store last had from the phone, and how far."""
    last = devices.last_log(device)
    return {"log": last[0], "seq": last[1]} if last else None
