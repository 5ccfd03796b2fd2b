"""The places of what comes later: photos as blobs, and rescue files. Until then: not found.

They are here so that who may is decided already, and nobody builds something else in their place.
"""

from fieldlog import problems
from fieldlog.access import machine
from fieldlog.exchange.door import door
from fieldlog.problems import Refused


@door.route("/blobs/<sha256>", methods=["HEAD", "PATCH"])
@door.doc(deprecated=True, responses={"404": {"$ref": "#/components/responses/Refusal"}})
@machine("blobs")
def blobs(sha256: str):
    """Take a photo in chunks (not yet)"""
    raise Refused(problems.NOT_FOUND)


@door.route("/rescue", methods=["POST"])
@door.doc(deprecated=True, responses={"404": {"$ref": "#/components/responses/Refusal"}})
@machine("rescue")
def rescue():
    """Take a rescue file (not yet)"""
    raise Refused(problems.NOT_FOUND)
