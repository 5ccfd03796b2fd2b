"""Photos for tests: bytes that say they are a picture of a size, as long as one wants.

Told apart by a seed. Knows no protocol.
"""

import hashlib
import struct
import zlib
from random import Random


def jpeg(length: int = 1_000, seed: int = 0, width: int = 1200, height: int = 900) -> bytes:
    """A JPEG to its header; what follows is noise."""
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    noise = Random(seed).randbytes(length - len(head) - len(frame) - 2)
    return head + frame + noise + b"\xff\xd9"


def png(width: int = 2, height: int = 2, shade: int = 128) -> bytes:
    """A whole grey PNG that any browser draws."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\x00" + bytes([shade]) * width) * height
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def webp(width: int = 1200, height: int = 900) -> bytes:
    """A WebP to its header."""
    sides = b"".join((side - 1).to_bytes(3, "little") for side in (width, height))
    form = b"VP8X" + struct.pack("<I", 10) + bytes(4) + sides
    return b"RIFF" + struct.pack("<I", 4 + len(form)) + b"WEBP" + form


def name(photo: bytes) -> str:
    return hashlib.sha256(photo).hexdigest()


def named(*photos: bytes, **changes) -> list[dict]:
    """How a record names these photos."""
    return [
        {"sha256": name(photo), "size": len(photo), "mime": "image/jpeg"} | changes
        for photo in photos
    ]
