"""The machines' door: `/sync/v1/…`, where phones and nodes speak. Knows no page and no login."""

from flask import Flask

from fieldlog.access import csrf
from fieldlog.exchange import (
    blobs,
    compare,
    device,
    enrol,
    openapi,
    push,
    reference,
    rescue,
    status,
)
from fieldlog.exchange.door import door, name_protocol

__all__ = ["blobs", "compare", "device", "enrol", "init", "push", "reference", "rescue", "status"]


def init(app: Flask) -> None:
    """Hang the door in `app`, with its description at /openapi.json."""
    # Machines bear a token; the one cookie here only names a phone to whoever has a code for it.
    csrf.exempt(door)
    openapi.init(app, door)
    app.after_request(name_protocol)
