"""`GET /sync/v1/ref/<name>/<sha256>`: a bundle by the hash of its bytes, for ever the same.

Knows nothing of what is in a bundle.
"""

import gzip

from flask import Response, g, request

from fieldlog import problems
from fieldlog.access import machine
from fieldlog.exchange import described
from fieldlog.exchange.door import door
from fieldlog.problems import Refused
from fieldlog.store import bundles

IMMUTABLE = "private, max-age=31536000, immutable"
HEX = frozenset("0123456789abcdef")


@door.route("/ref/<name>/<sha256>", methods=["GET"])
@door.doc(**described.REF)
@machine("ref")
def ref(name: str, sha256: str):
    """Give a bundle by its hash

    The hash stands in every answer under `ref`. One outside the device's scope is not found.
    """
    known = len(sha256) == 64 and HEX.issuperset(sha256)
    content = bundles.stored(name, sha256, g.device) if known else None
    if content is None:
        raise Refused(problems.NOT_FOUND)
    response = Response(content, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store" if name == "devices" else IMMUTABLE
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(content, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
