"""`HEAD` and `PATCH /sync/v1/blobs/<sha256>`: photos come in by parts, in the manner of tus 1.0.

Knows headers and answers, not how a photo is kept.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Response, g, request

from fieldlog import problems
from fieldlog.access import limits, machine
from fieldlog.exchange import body, described
from fieldlog.exchange.door import door
from fieldlog.problems import Refused
from fieldlog.store import blobs as store
from sync.digits import whole
from sync.messages import BLOB_MAX, CHUNK_MAX, CHUNK_MIN, BlobStatus
from sync.messages.blob import CENTRE, CHUNK_TYPE, LENGTH, OFFSET, SAID_MAX, render_receipt

HEX = frozenset("0123456789abcdef")
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


@door.route("/blobs/<sha256>", methods=["HEAD"])
@door.doc(**described.BLOB_HEAD)
@machine("blobs")
@limits.limiter.limit(limits.pushes)
def blob_status(sha256: str):
    """Tell how much of a photo is here

    And, once the centre is known to have all of it, the centre's signed word.
    """
    with _refusing():
        return _told(Response(), store.status(_name(sha256), g.device))


@door.route("/blobs/<sha256>", methods=["PATCH"])
@door.doc(**described.BLOB_PATCH)
@machine("blobs")
@limits.limiter.limit(limits.pushes)
def blob_part(sha256: str):
    """Take the next part of a photo

    Only one that an accepted record of the device names. The last part is answered once the
    whole was hashed and is on disk.
    """
    name = _name(sha256)
    length, offset = _number(LENGTH), _number(OFFSET)
    if length > BLOB_MAX:
        raise Refused(problems.TOO_LARGE, detail=f"A photo has at most {BLOB_MAX} bytes.")
    if "Content-Encoding" in request.headers:
        raise Refused(problems.WRONG_TYPE, detail="A part has no Content-Encoding.")
    body.must_be(CHUNK_TYPE)
    part = body.whole(CHUNK_MAX)
    if len(part) < CHUNK_MIN and offset + len(part) != length:
        raise Refused(problems.BAD_REQUEST, detail=f"Only the last part is under {CHUNK_MIN}.")
    try:
        with _refusing():
            status = store.take(name, g.device, offset, length, part)
    except store.WrongOffset as wrong:
        problem = problems.WRONG_OFFSET
        if isinstance(wrong, store.WrongHash):
            problem = problems.WRONG_HASH
        return _told(problems.answer(problem), wrong.status)
    return _told(Response(status=204), status)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except store.NotNamed as fault:
        raise Refused(problems.NOT_FOUND) from fault
    except store.WrongLength as fault:
        detail = f"{LENGTH} is not what the record says, or the part does not fit in it."
        raise Refused(problems.BAD_REQUEST, detail=detail) from fault
    except store.NoPicture as fault:
        raise Refused(problems.NO_PICTURE) from fault
    except store.NoPlace as fault:
        raise Refused(problems.NO_PLACE) from fault
    except OSError as fault:
        problem = problems.FULL if fault.errno in NO_ROOM else problems.NO_PLACE
        raise Refused(problem) from fault


def _told(response: Response, status: BlobStatus) -> Response:
    response.headers[OFFSET] = str(status.offset)
    response.headers[LENGTH] = str(status.length)
    if status.receipt is not None:
        response.headers[CENTRE] = render_receipt(status.receipt)
    return response


def _name(sha256: str) -> str:
    if len(sha256) != 64 or not HEX.issuperset(sha256):
        raise Refused(problems.NOT_FOUND)
    return sha256


def _number(header: str) -> int:
    found = whole(request.headers.get(header, ""), SAID_MAX)
    if found is None:
        raise Refused(problems.BAD_REQUEST, detail=f"{header} is a number from 0 up.")
    return found
