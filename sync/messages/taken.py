"""The bytes that the centre signs when it has taken a rescue file: by it alone a carrier lets go.

The signature itself is made in `sync.receipts`.
"""

_PURPOSE = b"fieldlog-rescue-taken/1"


def taken_message(sha256: bytes, inc: str, at: str) -> bytes:
    """`sha256` of the whole file, 32 bytes; `inc` and `at` as they stand on the wire."""
    return b"".join((_PURPOSE, sha256, inc.encode(), at.encode()))
