"""Builds pushes by hand, right or wrong in one place, independently of `sync.messages`.

Used by the corpus of bad requests and by the tests beside it. Knows the protocol, no server.
"""

import gzip
import hashlib
import json
import struct

from tests.support.cast import Cast

SALT = "AAAAAAAAAAAAAAAAAAAAAA"
AT = "2026-11-20T21:40:00+01:00"


def genesis(log: str) -> bytes:
    return hashlib.sha256(b"fieldlog/1" + bytes.fromhex(log)).digest()


def fold(prev: bytes, first: int, payloads: list[bytes]) -> bytes:
    for seq, payload in enumerate(payloads, first):
        digest = _digest(payload)
        prev = hashlib.sha256(prev + struct.pack(">Q", seq) + digest).digest()
    return prev


def visit(cast: Cast, number: int, **changes) -> bytes:
    """A valid planned visit of Alice's, the same bytes for the same number."""
    body = {
        "place": None,
        "point": None,
        "point_why": "none",
        "far": None,
        "started_at": AT,
        "ended_at": None,
        "ended_by": None,
        "mode": "foot",
        "crew": 2,
        "kind": "planned",
    }
    whole = {
        "rid": f"019400aa-0000-7000-8000-{number:012}",
        "v": 1,
        "t": "visit",
        "at": AT,
        "by": cast.alice.id,
        "org": "polisen",
        "s": SALT,
        "body": body,
    }
    whole.update({key: value for key, value in changes.items() if key != "body"})
    if isinstance(changes.get("body"), dict):
        whole["body"] = body | changes["body"]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def event(cast: Cast, number: int, blobs: list[dict], **changes) -> bytes:
    """A valid event of Alice's that names photos."""
    body = {
        "visit": None,
        "category": "PLA.belysning",
        "place": None,
        "point": None,
        "precision": "place",
        "from": AT,
        "to": None,
        "source": "own",
        "people": None,
        "ages": [],
        "severity": 1,
        "handled": ["none"],
        "police_report": False,
        "fault_report": False,
        "note": "",
        "blobs": blobs,
    }
    whole = json.loads(visit(cast, number)) | {"t": "event", "body": body} | changes
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def speaking_of(cast: Cast, number: int, t: str, ref: str, **body) -> bytes:
    """A record of Alice's about another one: withdraw, amend, leave."""
    whole = json.loads(visit(cast, number)) | {"t": t, "body": {"ref": ref, **body}}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def section(log: str, before: list[bytes], payloads: list[bytes], header: dict | None = None):
    """The bytes of a section that follows `before`. `header`: keys to change; None takes away."""
    first = len(before) + 1
    prev = fold(genesis(log), 1, before)
    head = {
        "log": log,
        "base": 0,
        "from": first,
        "n": len(payloads),
        "prev": prev.hex(),
        "head": fold(prev, first, payloads).hex(),
        "now": "2026-11-20T20:40:00Z",
        "unsent": len(payloads),
        "app": "1.0.0",
    }
    head.update(header or {})
    head = {key: value for key, value in head.items() if value is not None}
    return b"\n".join([json.dumps(head).encode(), *payloads]) + b"\n"


def packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def push(client, who, body: bytes, **headers):
    """Send it as the member's phone does."""
    kind = {"Content-Type": "application/x-ndjson", **headers}
    return client.post("/sync/v1/push", data=body, headers={**who.bearer, **kind})


def _digest(payload: bytes) -> bytes:
    if payload[:1] == b"!" and len(payload) == 65:
        return bytes.fromhex(payload[1:].decode())
    return hashlib.sha256(payload).digest()
