"""The hash that binds a row of the audit log to all rows before it. Knows no database."""

from collections.abc import Mapping
from datetime import UTC
from hashlib import sha256
from json import JSONEncoder

GENESIS = sha256(b"fieldlog/audit/1").digest()
WORDS = ("what", "account", "role", "org", "subject", "owner", "author", "detail")

_plain = JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def link(before: bytes, row: Mapping) -> bytes:
    """The hash of a row (a mapping of its columns) that stands behind `before`."""
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    said = _plain([row["seq"], at, *(row[word] for word in WORDS)])
    return sha256(before + said.encode()).digest()
