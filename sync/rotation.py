"""What goes into the new log when an author rotates. Knows nothing of logs or stores."""

import json
from collections.abc import Iterable

_OF_ONE_LOG = ("open", "close")


def carried_over(payloads: Iterable[bytes]) -> list[bytes]:
    """Every payload byte for byte, in order, but those that speak of the old log itself."""
    return [payload for payload in payloads if _type(payload) not in _OF_ONE_LOG]


def _type(payload: bytes) -> str | None:
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    kind = value.get("t") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else None
