"""At a node: asks the centre for what only the centre can do, and keeps what it answers.

Knows nothing of the phone's request.
"""

from datetime import UTC, datetime
from typing import Any

import structlog

from fieldlog import config, problems
from fieldlog.problems import Refused
from fieldlog.store import identity, rescues
from fieldlog.store.bundles import enrolled
from fieldlog.store.devices import Enrolment
from sync import http, passing

SOON = (3.0, 20.0)  # seconds to connect, to read: somebody waits for the answer
log = structlog.get_logger(__name__)


def enrol(code: str, name: str, phone: str | None) -> Enrolment | None:
    """What the centre makes of the code; None if it knows no such code."""
    settings = config.current()
    peer = http.Peer(settings.upstream, settings.upstream_token)
    try:
        told = peer.enrol(code, name, device=phone)
    except http.Refused as refused:
        if refused.status == 404:
            return None
        raise Refused(problems.UPSTREAM, detail="The centre does not know this node.") from refused
    except (http.Trouble, http.TooLarge) as trouble:
        raise Refused(problems.UPSTREAM) from trouble
    enrolment = Enrolment(told["token"], told["device"], told["account"], told["org"])
    enrolled.learn(enrolment, name)
    identity.learn_centre_key(told["centre_key"])
    return enrolment


def rescue(digest: str, content: bytes, now: datetime) -> dict[str, Any] | None:
    """The centre's own answer to a rescue file; None if it can't be had now: the night tries again.

    Raises Refused with what the centre had against the file, which stays here all the same.
    """
    settings = config.current()
    peer = http.Peer(settings.upstream, settings.upstream_token, timeout=SOON)
    try:
        told = passing.hand_on(content, digest, peer.rescue, identity.centre_key())
    except (http.Trouble, http.TooLarge, http.Unauthorised) as trouble:
        log.info("a rescue file waits for the night", sha256=digest, why=type(trouble).__name__)
        return None
    except http.Refused as refused:
        rescues.refused(digest, refused.error, now)
        problem = problems.RESCUE.get(refused.error, problems.UPSTREAM)
        raise Refused(problem, detail=refused.message) from refused
    finally:
        peer.close()
    rescues.taken(digest, told, datetime.now(UTC))
    return told
