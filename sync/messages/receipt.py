"""The bytes that a centre's receipt signs. The signature itself is made in `sync.receipts`."""

from struct import pack

_PURPOSE = b"fieldlog-receipt/1"


def receipt_message(log: str, have: int, hash: bytes, inc: str, at: str) -> bytes:
    """`log` as its 16 bytes, `hash` as its 32, `inc` and `at` as they stand on the wire."""
    return b"".join(
        (_PURPOSE, bytes.fromhex(log), pack(">Q", have), hash, inc.encode(), at.encode())
    )
