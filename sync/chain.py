"""The hash chain over a log: what binds every entry to its place. Knows nothing of payloads.

`log` is 32 lowercase hex digits; digests and hashes are 32 bytes; `seq` counts from 1.
"""

from collections.abc import Iterable
from hashlib import sha256
from struct import Struct

_GENESIS = b"fieldlog/1"
_SEQ = Struct(">Q")


def genesis(log: str) -> bytes:
    """h_0, the hash before the first entry."""
    return sha256(_GENESIS + bytes.fromhex(log)).digest()


def digest(payload: bytes) -> bytes:
    """What the chain runs over, so that a payload can be erased and the chain still holds."""
    return sha256(payload).digest()


def link(prev: bytes, seq: int, digest: bytes) -> bytes:
    """h_seq from h_{seq-1} and the digest of payload seq."""
    return sha256(prev + _SEQ.pack(seq) + digest).digest()


def fold(prev: bytes, first: int, digests: Iterable[bytes]) -> list[bytes]:
    """The hashes after each of the entries `first`, `first + 1`, … that follow `prev`."""
    hashes = []
    pack = _SEQ.pack
    for seq, each in enumerate(digests, first):
        prev = sha256(prev + pack(seq) + each).digest()
        hashes.append(prev)
    return hashes
