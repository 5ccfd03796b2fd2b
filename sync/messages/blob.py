"""What travels about a photo beside its bytes: how much is here, and the centre's word that all is.

The signature itself is made in `sync.receipts`. Knows no rules.
"""

from dataclasses import dataclass
from struct import pack

from sync.messages import wire
from sync.messages.wire import Garbled

BLOB_MAX = 15 * 1024 * 1024  # bytes of a photo
CHUNK_MAX = 256 * 1024  # bytes of a request that carries a part of one
CHUNK_MIN = 4 * 1024  # bytes of any part but the last
CHUNK_TYPE = "application/offset+octet-stream"
LENGTH, OFFSET, CENTRE = "Upload-Length", "Upload-Offset", "Fieldlog-Blob-Centre"
SAID_MAX = 10**15 - 1  # what either number may say

_PURPOSE = b"fieldlog-blob/1"


@dataclass(frozen=True, slots=True)
class BlobReceipt:
    """The centre has the whole photo. `sig` covers `inc` and `at` as text, so they stay text."""

    inc: str
    at: str
    sig: str


@dataclass(frozen=True, slots=True)
class BlobStatus:
    """How many bytes a store has of a photo, and the centre's receipt if it knows of one."""

    offset: int
    length: int
    receipt: BlobReceipt | None = None


def blob_message(sha256: bytes, size: int, inc: str, at: str) -> bytes:
    """The bytes a photo's receipt signs: `sha256` as its 32 bytes, the texts as on the wire."""
    return b"".join((_PURPOSE, sha256, pack(">Q", size), inc.encode(), at.encode()))


def render_receipt(receipt: BlobReceipt) -> str:
    """The value of the header `Fieldlog-Blob-Centre`."""
    return f"{receipt.inc} {receipt.at} {receipt.sig}"


def parse_receipt(value: str) -> BlobReceipt:
    """Raises Garbled. That its form is right says nothing of who signed it."""
    words = value.split(" ")
    if len(words) != 3:
        raise Garbled(f"'{CENTRE}' must be three words")
    fields = dict(zip(("inc", "at", "sig"), words, strict=True))
    return BlobReceipt(**{name: wire.text(fields, name, 100) for name in fields})
