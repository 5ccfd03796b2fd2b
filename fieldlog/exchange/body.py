"""Reads a request's body piece by piece, unpacking gzip without ever letting it grow out of hand.

Knows nothing of what is in it.
"""

from collections.abc import Iterator
from typing import BinaryIO

from flask import request

from fieldlog import problems
from fieldlog.problems import Refused
from sync.packing import BadPacking, unpack

PIECE = 16 * 1024


def pieces() -> Iterator[bytes]:
    """The plain bytes of the request; raises Refused at the piece that shows a fault."""
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "identity":
        return _raw(request.stream)
    if encoding == "gzip":
        return _unpacked(_raw(request.stream))
    raise Refused(problems.BAD_ENCODING, detail=f"Content-Encoding {encoding!r}.")


def whole(most: int) -> bytes:
    """All plain bytes of a request that may have at most `most` of them."""
    taken = bytearray()
    for piece in pieces():
        taken += piece
        if len(taken) > most:
            raise Refused(problems.TOO_LARGE, detail=f"More than {most} bytes.")
    return bytes(taken)


def must_be(*content_types: str) -> None:
    """Refuse a body of another kind than the protocol names."""
    if request.mimetype not in content_types:
        raise Refused(problems.WRONG_TYPE, detail=f"Expected {' or '.join(content_types)}.")


def _raw(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


def _unpacked(packed: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from unpack(packed)
    except BadPacking as error:
        sentence = str(error)
        raise Refused(
            problems.BAD_ENCODING, detail=f"{sentence[:1].upper()}{sentence[1:]}."
        ) from error
