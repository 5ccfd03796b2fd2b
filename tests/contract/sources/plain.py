"""The protocol's arithmetic once more, from its page and from hashlib alone, so that the files
do not merely repeat what `sync` computes. Knows nothing of `sync`.
"""

import hashlib
import json

LOG = "000102030405060708090a0b0c0d0e0f"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def h0(log: str = LOG) -> str:
    return sha(b"fieldlog/1" + bytes.fromhex(log))


def next_hash(prev: str, seq: int, digest: str) -> str:
    return sha(bytes.fromhex(prev) + seq.to_bytes(8, "big") + bytes.fromhex(digest))


def hashes(payloads: list[str], log: str = LOG) -> list[str]:
    """h_0 … h_n of a log with these payloads."""
    out = [h0(log)]
    for seq, payload in enumerate(payloads, 1):
        out.append(next_hash(out[-1], seq, sha(payload.encode())))
    return out


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
