"""What a photo's bytes are, told from the bytes alone: JPEG, PNG or WebP, and how large a picture.

Decodes nothing: a picture that unfolds to gigabytes is only read to its header. Knows no store.
"""

from struct import unpack
from typing import NamedTuple

SHOWN_MAX = 40_000_000  # pixels; what claims more is kept, but no page opens it by itself
HEAD = 12  # bytes that tell the kind

# Markers of a JPEG that begin a frame, and so tell its size; C4, C8 and CC are something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length


class Picture(NamedTuple):
    """`kind` is a media type; width and height are in pixels, None where they can't be told."""

    kind: str
    width: int | None
    height: int | None


def kind(data: bytes) -> str | None:
    """The media type that the first bytes say, None for what is no picture of ours."""
    if data[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return None


def look(data: bytes) -> Picture | None:
    """The picture that the whole bytes are, None for what is none of ours."""
    found = kind(data)
    if found is None:
        return None
    sizes = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}
    return Picture(found, *(sizes[found](data) or (None, None)))


def may_be_shown(width: int | None, height: int | None) -> bool:
    """Whether a page may open it: its size is known, and a phone's memory will do."""
    return width is not None and height is not None and 0 < width * height <= SHOWN_MAX


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _FRAMES:
            height, width = unpack(">HH", data[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _png(data: bytes) -> tuple[int, int] | None:
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    return unpack(">II", data[16:24])


def _webp(data: bytes) -> tuple[int, int] | None:
    form = data[12:16]
    if len(data) < 30:
        return None
    if form == b"VP8X":
        return _uint24(data[24:27]) + 1, _uint24(data[27:30]) + 1
    if form == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if form == b"VP8L" and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _uint24(three: bytes) -> int:
    return int.from_bytes(three, "little")
