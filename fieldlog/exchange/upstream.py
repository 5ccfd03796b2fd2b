"""At a node: asks the centre to enrol a phone, and keeps what it answers.

Knows nothing of the phone's request.
"""

from fieldlog import config, problems
from fieldlog.problems import Refused
from fieldlog.store import identity
from fieldlog.store.bundles import enrolled
from fieldlog.store.devices import Enrolment
from sync import http


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
