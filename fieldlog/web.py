"""What every answer carries: the security headers, the cache rule, the cookie's settings.

Knows no door and no record.
"""

import re
from datetime import timedelta

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from fieldlog import packed, resources
from fieldlog.config import Settings

# 'lit-html' is Lit's own policy; 'fieldlog-worker' is ours, for serviceWorker.register.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html fieldlog-worker",
    ]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), serial=(), "
        "display-capture=(), browsing-topics=()"
    ),
}
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"
# As esbuild names them: patrol-4T2XKQAB.js, with its map beside it.
HASHED = re.compile(r"/static/dist/[\w.-]+-[0-9A-Z]{8}\.(js|css)(\.map)?$")
FOR_EVER = "public, max-age=31536000, immutable"


def init(app: Flask, settings: Settings) -> None:
    """Set cookies, headers, cache rules and proxies of `app`."""
    app.config.update(_cookie(settings))
    app.jinja_env.globals.update(asset=resources.asset, first_scripts=resources.first_scripts)
    app.after_request(_add_headers)
    packed.init(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)


def _cookie(settings: Settings) -> dict:
    """`__Host-` binds the cookie to this very host; plain http can't carry it everywhere."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "fieldlog" if settings.plain_http else "__Host-fieldlog",
        "SESSION_COOKIE_SECURE": not settings.plain_http,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "TRUSTED_HOSTS": list(settings.hosts) or None,
        # Forms of any kind are small; pushes have their own limit, counted while they stream.
        "MAX_CONTENT_LENGTH": 4 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 256 * 1024,
    }


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    if request.endpoint == "static" and response.status_code == 200:
        response.headers["Cache-Control"] = _static_age()
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def _static_age() -> str:
    """A name with its content's hash never changes; the rest is asked for again (304)."""
    return FOR_EVER if HASHED.match(request.path) else "no-cache"
