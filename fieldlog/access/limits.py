"""How often anyone may ask. Counted per device where there is one, so that phones behind one
address never get in each other's way; per address where nobody is known yet.
"""

from flask import Flask, g, request
from flask_limiter import Limiter

from fieldlog import config

NODE_FACTOR = 20


def _asker() -> str:
    device = g.get("device")
    return f"device:{device.id}" if device else f"address:{request.remote_addr}"


limiter = Limiter(
    key_func=_asker, storage_uri="memory://", strategy="fixed-window", headers_enabled=False
)


def init(app: Flask) -> None:
    """Count in this process's memory: a limit on abuse, not an exact budget."""
    app.config["RATELIMIT_SWALLOW_ERRORS"] = True
    limiter.init_app(app)


def pushes() -> str:
    """The limit of one device's pushes, as Flask-Limiter writes it."""
    rate = config.current().push_rate
    if not rate:
        return "1000000/second"
    return f"{rate * (NODE_FACTOR if g.device.kind == 'node' else 1)}/minute"
