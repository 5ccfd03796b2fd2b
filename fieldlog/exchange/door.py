"""The door itself: one blueprint under /sync/v1, and the protocol's mark on every answer there.

Knows nothing of what is behind it.
"""

from flask import Response, request
from flask_smorest import Blueprint

PREFIX = "/sync/v1"

door = Blueprint(
    "exchange", __name__, url_prefix=PREFIX, description="What phones and nodes speak."
)


def name_protocol(response: Response) -> Response:
    """Every answer says that it is ours, refusals too: a captive portal's does not."""
    if request.path.startswith("/sync/"):
        response.headers["Fieldlog-Proto"] = "1"
    return response
