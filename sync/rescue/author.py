"""The proof inside a rescue file that the phone itself sealed it.

Anyone can seal for a public key. Whoever bears the phone's token binds it to this one file; the
centre, which knows only the token's hash, can check that. Knows nothing of where tokens are kept.
"""

import hmac
from collections.abc import Iterable
from hashlib import sha256

from sync.rescue.head import Head

_PURPOSE = b"fieldlog-rescue/1 author"


def prove(token: str, head: Head) -> str:
    """64 hex digits that go into the sealed part."""
    return _proof(sha256(token.encode()).digest(), head)


def proves(proof: str | None, head: Head, token_hashes: Iterable[bytes]) -> bool:
    """Whether some token of the device, known by its SHA-256, made the proof for this file."""
    said = (proof or "").encode("utf-8", "replace")
    found = [hmac.compare_digest(said, _proof(each, head).encode()) for each in token_hashes]
    return any(found)


def _proof(token_hash: bytes, head: Head) -> str:
    return hmac.new(token_hash, _PURPOSE + head.salt, sha256).hexdigest()
