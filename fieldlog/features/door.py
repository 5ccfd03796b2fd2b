"""The door itself, and what all its answers share: links, and no parameter that means nothing.

Knows nothing of what is behind it.
"""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request, url_for

from fieldlog import problems
from fieldlog.problems import Refused

PREFIX = "/features"
JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"

door = Blueprint("features", __name__, url_prefix=PREFIX)


def answer(content: Mapping[str, Any], content_type: str = JSON) -> Response:
    """The content as JSON."""
    return Response(json.dumps(content, ensure_ascii=False), content_type=content_type)


def link(rel: str, endpoint: str, title: str, type: str = JSON, **values) -> dict[str, str]:
    """A link with a whole address: programs follow it as it stands."""
    href = url_for(endpoint, _external=True, **values)
    return {"rel": rel, "type": type, "title": title, "href": href}


def only(*known: str) -> None:
    """Refuse parameters that mean nothing here, and those that are said twice."""
    for name, values in request.args.lists():
        if name not in known:
            raise wrong(f"The parameter {name!r} means nothing here.")
        if len(values) > 1:
            raise wrong(f"`{name}` is said {len(values)} times.")


def wrong(detail: str) -> Refused:
    """What to raise for a parameter that can't be understood."""
    return Refused(problems.BAD_REQUEST, detail=detail)
