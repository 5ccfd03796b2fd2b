"""Reading JSON from the other side strictly, field by field. Knows no message in particular."""

import json
import re
from typing import Any

from sync.messages.limits import SEQ_MAX

_LOG = re.compile(r"[0-9a-f]{32}\Z")
_HASH = re.compile(r"[0-9a-f]{64}\Z")


class Garbled(ValueError):
    """What came is not a message of this protocol; the text says where."""


def document(data: bytes | str) -> dict[str, Any]:
    """A JSON object without duplicate keys and without NaN; raises Garbled."""
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
        value = _decoder.decode(text)
    except (ValueError, RecursionError) as error:
        raise Garbled(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise Garbled("not a JSON object")
    return value


def dump(value: Any) -> bytes:
    """Compact UTF-8 JSON."""
    return _encoder.encode(value).encode("utf-8")


def is_log(value: Any) -> bool:
    return isinstance(value, str) and _LOG.match(value) is not None


def log(source: dict, key: str = "log") -> str:
    value = source.get(key)
    if not is_log(value):
        raise Garbled(f"{key!r} must be 32 lowercase hex digits")
    return value


def hash32(source: dict, key: str) -> bytes:
    value = source.get(key)
    if not isinstance(value, str) or not _HASH.match(value):
        raise Garbled(f"{key!r} must be 64 lowercase hex digits")
    return bytes.fromhex(value)


def count(source: dict, key: str, least: int = 0) -> int:
    value = source.get(key)
    if type(value) is not int or not least <= value <= SEQ_MAX:
        raise Garbled(f"{key!r} must be a whole number from {least} up")
    return value


def text(source: dict, key: str, most: int = 200) -> str:
    value = source.get(key)
    if not isinstance(value, str) or len(value) > most or not value.isprintable():
        raise Garbled(f"{key!r} must be a text of at most {most} characters")
    return value


def prose(source: dict, key: str, most: int = 2_000) -> str:
    """A sentence for readers, which may hold anything that a text can hold."""
    value = source.get(key)
    if not isinstance(value, str) or len(value) > most:
        raise Garbled(f"{key!r} must be a text of at most {most} characters")
    return value


def children(source: dict, key: str) -> list[dict]:
    value = source.get(key)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Garbled(f"{key!r} must be a list of objects")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
