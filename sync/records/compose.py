"""Writes a payload: the exact bytes that are hashed, sent and kept from then on."""

import base64
import json
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils

from sync.messages import PAYLOAD_MAX
from sync.records.read import Fault, read
from sync.records.types import VERSION


def new_rid() -> str:
    """A UUIDv7, made once a record and kept in every log it is written to."""
    return str(uuid_utils.uuid7())


def compose(
    t: str,
    body: dict[str, Any],
    *,
    rid: UUID | str | None = None,
    at: datetime | str,
    by: str,
    org: str,
    salt: bytes | None = None,
) -> bytes:
    """The payload as compact UTF-8 JSON. Raises ValueError if no store would accept it.

    `at`: an aware datetime, or its text on the wire. `salt`: 16 bytes, random unless given.
    """
    salt = secrets.token_bytes(16) if salt is None else salt
    data = {
        "rid": new_rid() if rid is None else str(rid),
        "v": VERSION,
        "t": t,
        "at": at if isinstance(at, str) else at.isoformat(),
        "by": by,
        "org": org,
        "s": base64.urlsafe_b64encode(salt).rstrip(b"=").decode("ascii"),
        "body": body,
    }
    payload = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    if len(payload) > PAYLOAD_MAX:
        raise ValueError(f"a payload of {len(payload)} bytes is over the limit")
    made = read(payload)
    if isinstance(made, Fault):
        raise ValueError(f"{made.code}: {made.message}")
    return payload
