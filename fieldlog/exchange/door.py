"""The door itself: one blueprint under /sync/v1, and the protocol's mark on every answer there.

Knows nothing of what is behind it.
"""

from flask import Response, request
from flask_smorest import Blueprint

from fieldlog import problems
from fieldlog.problems import Refused

PREFIX = "/sync/v1"


class Parser(type(Blueprint.ARGUMENTS_PARSER)):
    """Refuses, as any other fault, what Python's JSON stumbles over: depth, endless numbers."""

    def load_json(self, req, schema):
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError) as fault:
            raise Refused(problems.BAD_REQUEST) from fault


door = Blueprint(
    "exchange", __name__, url_prefix=PREFIX, description="What phones and nodes speak."
)
door.ARGUMENTS_PARSER = Parser()


def name_protocol(response: Response) -> Response:
    """Every answer says that it is ours, refusals too: a captive portal's does not."""
    if request.path.startswith("/sync/"):
        response.headers["Fieldlog-Proto"] = "1"
    return response
