"""The cookie that tells a browser which phone it once was, after its storage was cleared.

It lets nobody in: it names a device, and the store signs it so that nobody can name another's.
"""

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from fieldlog.store import devices

LIFE_S = 400 * 24 * 3600  # as long as browsers keep any cookie
SALT = "fieldlog-device"


def device() -> str | None:
    """The phone that this browser was, if the cookie is ours and the phone is known."""
    given = request.cookies.get(_name())
    try:
        named = _signer().loads(given) if given else None
    except BadSignature:
        return None
    return named if isinstance(named, str) and devices.is_phone(named) else None


def remember(answer: Response, device: str) -> Response:
    """Let the browser say it again, from now on for as long as it may."""
    answer.set_cookie(
        _name(),
        _signer().dumps(device),
        max_age=LIFE_S,
        path="/",
        secure=_is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return answer


def _name() -> str:
    """`__Host-` binds it to this very host; plain http, for a trial, can't carry that."""
    return "__Host-fieldlog-device" if _is_secure() else "fieldlog-device"


def _is_secure() -> bool:
    return current_app.config["SESSION_COOKIE_SECURE"]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=SALT)
