"""`GET /sync/v1/status`: what is here of a device's own logs, and which bundles there are."""

from datetime import UTC, datetime

from flask import g, request

from fieldlog import problems
from fieldlog.access import machine
from fieldlog.exchange import described
from fieldlog.exchange.answers import answered
from fieldlog.exchange.door import door
from fieldlog.problems import Refused
from fieldlog.store import devices, logs
from sync.digits import whole
from sync.messages import LOGS_MAX, SEQ_MAX
from sync.messages.wire import is_log


@door.route("/status", methods=["GET"])
@door.doc(**described.STATUS)
@machine("status")
def status():
    """Tell what is here of one's own logs

    An unknown log, or another device's, has nothing and its first hash. `at` asks for the hash
    at a number instead of at the end. Without `log` it only tells the bundles.
    """
    if unknown := request.args.keys() - {"log", "at"}:
        raise Refused(problems.BAD_REQUEST, detail=f"{sorted(unknown)} mean nothing here.")
    asked = request.args.getlist("log")
    if len(asked) > LOGS_MAX:
        raise Refused(problems.BAD_REQUEST, detail=f"More than {LOGS_MAX} logs.")
    if not all(map(is_log, asked)):
        raise Refused(problems.BAD_REQUEST, detail="A log is 32 lowercase hex digits.")
    devices.touch(g.device, datetime.now(UTC))
    return answered(logs.results(asked, g.device, at=_at()), g.device)


def _at() -> int | None:
    text = request.args.get("at")
    if text is None:
        return None
    found = whole(text, SEQ_MAX)
    if found is None:
        raise Refused(problems.BAD_REQUEST, detail="`at` is a number from 0 up.")
    return found
