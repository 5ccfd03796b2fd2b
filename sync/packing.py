"""gzip for the way: packing, and unpacking that a bomb can't hurt. Streams; keeps no more than
one piece."""

import gzip
import zlib
from collections.abc import Iterable, Iterator

from sync.messages import EXPANSION_MAX

_PIECE = 16 * 1024
_WORTH_IT = 200  # bytes below which packing gains nothing


class BadPacking(ValueError):
    """The body is no gzip, is cut short, or expands beyond all reason (415: send it plain)."""


def pack(body: bytes) -> bytes | None:
    """The body packed, or None when it's too small to gain by it."""
    return gzip.compress(body, 6, mtime=0) if len(body) > _WORTH_IT else None


def unpack(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The plain pieces of a gzip body, of one member or several; raises BadPacking where it
    stops being one."""
    unpacker = zlib.decompressobj(wbits=31)
    came = made = 0
    for chunk in chunks:
        came += len(chunk)
        while chunk:
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            piece = _decompress(unpacker, chunk)
            chunk, made = unpacker.unconsumed_tail or unpacker.unused_data, made + len(piece)
            # A piece of slack: what was just made may come of bytes that are yet to be read.
            if made > EXPANSION_MAX * (came - len(chunk)) + _PIECE:
                raise _bomb()
            yield piece
    if not unpacker.eof:
        raise BadPacking("the gzip body is cut short")
    if made > EXPANSION_MAX * came:
        raise _bomb()


def _bomb() -> BadPacking:
    return BadPacking(f"the gzip body expands more than {EXPANSION_MAX} times")


def _decompress(unpacker: "zlib._Decompress", chunk: bytes) -> bytes:
    try:
        return unpacker.decompress(chunk, _PIECE)
    except zlib.error as error:
        raise BadPacking(f"the body is no gzip: {error}") from error
