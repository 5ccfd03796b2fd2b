"""How often anyone may ask. Counted per device where there is one, so that phones behind one
address never get in each other's way; per address where nobody is known yet.
"""

import time

from flask import Flask, g, request
from flask_limiter import Limiter, RateLimitExceeded
from flask_login import current_user

from fieldlog import config, problems
from fieldlog.access import counters  # noqa: F401 (makes its storage known)
from fieldlog.problems import RETRY_SOON_S

NODE_FACTOR = 20
# A guess at a 60-bit code is hopeless at any rate; this keeps the store from being worn out.
ENROLMENTS = "600/minute"
LOGINS = "60/minute"
RESCUES_AN_HOUR = 60
EXPORTS = "60/hour"
READS = "600/minute"  # pages of a thousand that one access token asks for


def _asker() -> str:
    if reader := g.get("reader"):
        return f"reader:{reader.id}"
    device = g.get("device")
    return f"device:{device.id}" if device else f"address:{request.remote_addr}"


limiter = Limiter(
    key_func=_asker, storage_uri="counters://", strategy="fixed-window", headers_enabled=False
)


def init(app: Flask) -> None:
    """Count in this process's memory: a limit on abuse, not an exact budget."""
    app.config["RATELIMIT_SWALLOW_ERRORS"] = True
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, _exceeded)


def _exceeded(_error: RateLimitExceeded):
    """Say when to come back: the end of the window that is full."""
    full = limiter.current_limit
    wait = int(full.reset_at - time.time()) if full else RETRY_SOON_S
    return problems.answer(problems.TOO_MANY, retry_after=max(1, wait))


def pushes() -> str:
    """The limit of one device's pushes, as Flask-Limiter writes it."""
    rate = config.current().push_rate
    if not rate:
        return "1000000/second"
    return f"{rate * (NODE_FACTOR if g.device.kind == 'node' else 1)}/minute"


def rescues() -> str:
    """The limit of rescue files that one device brings; a node brings those of many."""
    return f"{RESCUES_AN_HOUR * (NODE_FACTOR if g.device.kind == 'node' else 1)}/hour"


def account() -> str:
    """Who asks, of those who are signed in."""
    return f"account:{current_user.id}"
