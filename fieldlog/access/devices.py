"""Enrolling a phone from a supervisor's page: a one-time code, as letters and as a QR picture.

The code in clear lives only in the session of the one who asked for it, until it ends.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import segno
from flask import request, session

from fieldlog import config
from fieldlog.access import audit
from fieldlog.store import devices
from fieldlog.store.database import writing

SESSION_KEY = "enrolment"


@dataclass(frozen=True)
class Code:
    """A one-time code: `text` to type, `url` to scan, `account` it is for, `until` it works."""

    text: str
    url: str
    account: str
    until: datetime


def offer(account: str) -> Code:
    """Make a code for the account and keep it in this session, for the page and its picture."""
    with writing():
        text, until = devices.make_code(account)
        audit.told("devices.enrol", account)
    session[SESSION_KEY] = [text, account, until.isoformat()]
    return Code(text, enrolment_url(text), account, until)


def offered() -> Code | None:
    """The code of this session, while it works."""
    text, account, until = session.get(SESSION_KEY) or (None, None, None)
    if text is None or datetime.fromisoformat(until) <= datetime.now(UTC):
        session.pop(SESSION_KEY, None)
        return None
    return Code(text, enrolment_url(text), account, datetime.fromisoformat(until))


def picture(code: Code) -> bytes:
    """The code's address as an SVG picture, dark on light whatever the page's colours are."""
    svg = BytesIO()
    segno.make(code.url, error="m").save(
        svg, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return svg.getvalue()


def enrolment_url(code: str, base: str | None = None) -> str:
    """Where a phone opens the app with the code. After the #: it is never sent to a server."""
    base = base or config.current().public_url or request.host_url.rstrip("/")
    return f"{base}/app/#enrol={code}"
