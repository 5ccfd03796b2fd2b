"""Lets a device in by its bearer token. Never by a cookie: a browser adds those by itself.

Knows nothing of people's logins.
"""

from flask import request

from fieldlog import problems
from fieldlog.access import verbs
from fieldlog.problems import Refused
from fieldlog.store import devices
from fieldlog.store.devices import Bearer

PROTO = "1"


def admit(verb: str) -> Bearer:
    """The device that asks, if it may `verb`; raises Refused."""
    check_protocol()
    check_fetch_metadata()
    device = _device()
    kind = "revoked" if device.revoked_at else device.kind
    if kind not in verbs.MACHINES[verb]:
        raise Refused(problems.REVOKED if device.revoked_at else problems.NOT_ALLOWED)
    return device


def bearer() -> str | None:
    """The token of the request, if it bears one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def check_protocol() -> None:
    """A sender that speaks another version is told so."""
    if request.headers.get("Fieldlog-Proto", PROTO) != PROTO:
        raise Refused(problems.PROTOCOL)


def check_fetch_metadata() -> None:
    """Browsers say where a request comes from: only a script of this origin may speak here."""
    expected = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty"}
    for name, value in expected.items():
        if request.headers.get(name, value) != value:
            raise Refused(problems.WRONG_ORIGIN)


def known_if_any() -> Bearer | None:
    """The device that asks, if it bears a token; one that nobody knows, or revoked, is refused."""
    if "Authorization" not in request.headers:
        return None
    device = _device()
    if device.revoked_at:
        raise Refused(problems.REVOKED)
    return device


def _device() -> Bearer:
    token = bearer()
    device = devices.by_token(token) if token else None
    if device is None:
        raise Refused(problems.NO_TOKEN)
    return device
