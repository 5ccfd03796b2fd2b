"""`POST /sync/v1/push`: sections of logs come in, each kept for good before we answer.

Knows nothing of the rules by which a section is taken: those are the receiver's.
"""

from datetime import UTC, datetime, timedelta

from flask import g, request

from fieldlog import problems
from fieldlog.access import limits, machine
from fieldlog.exchange import body, described
from fieldlog.exchange.answers import answered
from fieldlog.exchange.door import door
from fieldlog.problems import Refused
from fieldlog.store import devices, logs
from sync import messages

REVOKED_A_DAY = 2_000
TRY_AGAIN_S = 3_600


@door.route("/push", methods=["POST"])
@door.doc(**described.PUSH)
@machine("push")
@limits.limiter.limit(limits.pushes)
def push():
    """Take sections of logs

    One section a log: a header line, then its payload lines. Each section is committed by
    itself; after a framing error the earlier ones stay.
    """
    if "Fieldlog-Proto" not in request.headers:
        raise Refused(problems.PROTOCOL)
    body.must_be("application/x-ndjson")
    now = datetime.now(UTC)
    results = []
    try:
        for section in messages.parse(body.pieces()):
            if g.device.revoked_at:
                _within_allowance(section, now)
            results.append(logs.accept(section, g.device, now))
    except messages.Oversize as error:
        raise Refused(problems.TOO_LARGE, detail=_sentence(error)) from error
    except messages.Framing as error:
        raise Refused(problems.FRAMING, detail=_sentence(error)) from error
    return answered(results, g.device)


def _within_allowance(section: messages.Section, now: datetime) -> None:
    """What a revoked device still holds is taken into quarantine, but not without end."""
    taken = devices.entries_since(g.device.id, now - timedelta(days=1))
    if taken + len(section.lines) > REVOKED_A_DAY:
        raise Refused(problems.REVOKED_FULL, retry_after=TRY_AGAIN_S)


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
