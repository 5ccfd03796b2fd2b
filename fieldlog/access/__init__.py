"""Who may: login, devices' tokens, and one gate in front of every view. Knows no door."""

from flask import Flask
from flask_wtf import CSRFProtect

from fieldlog.access import guard as gate
from fieldlog.access import limits, login
from fieldlog.access.guard import guard, machine, open_to_all, reader

__all__ = ["csrf", "guard", "init", "limits", "login", "machine", "open_to_all", "reader"]

csrf = CSRFProtect()


def init(app: Flask) -> None:
    """Put login, form tokens, rate limits and the gate into `app`."""
    # A form may wait offline for hours; the session that its token belongs to is the limit.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    # Referrer-Policy no-referrer leaves no referrer to compare; the gate asks Sec-Fetch-Site.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    login.init(app)
    gate.init(app)
    limits.init(app)
    csrf.init_app(app)
