"""Reads the bytes of a payload: a record, or the fault that sends it to quarantine.

The compiled check lets the valid ones through fast; where it hesitates the schemas decide, and
they alone word what is wrong. Knows no reference data: that is `sync.judge`'s.
"""

import re
import unicodedata
from datetime import datetime
from typing import Any, NamedTuple

from marshmallow import ValidationError

from sync.records import strict_json
from sync.records.base import Strict
from sync.records.correction import amended_by
from sync.records.fields import RID
from sync.records.shape import Mismatch, compiled
from sync.records.types import BODIES, REFERRING, TYPES, VERSION

_RID = re.compile(RID.replace("$", r"\Z"))
_AMEND = BODIES["amend"]
_MESSAGE_MAX = 300


class Record(NamedTuple):
    """A valid payload. `body` is as it was written: texts stay texts, absent keys stay absent.

    `rid` and `subject` are 16 bytes; `subject` is the rid of what the record speaks of.
    """

    rid: bytes
    v: int
    t: str
    at: datetime
    by: str
    org: str
    body: dict[str, Any]
    subject: bytes
    data: dict[str, Any]


class Fault(NamedTuple):
    """Why a payload can't be read: not_json, invalid, unknown_type or unknown_version."""

    code: str
    message: str
    rid: bytes | None


def read(payload: bytes) -> Record | Fault:
    """Never raises, whatever the bytes."""
    try:
        text = payload.decode("utf-8")
        data = strict_json.loads(text)
    except strict_json.Unfit as error:
        return Fault("invalid", str(error)[:_MESSAGE_MAX], None)
    except ValueError as error:
        return Fault("not_json", str(error)[:_MESSAGE_MAX], None)
    t, v = data.get("t"), data.get("v")
    if type(v) is int and v > VERSION:
        return _fault(data, "unknown_version", f"version {v} is not known here")
    if type(t) is str and t not in TYPES:
        return _fault(data, "unknown_type", f"{t[:40]!r} is not known here")
    wrong = _wrong(t, data, text)
    if wrong is not None:
        return _fault(data, "invalid", wrong)
    return _record(t, data)


def rid_bytes(rid: str) -> bytes:
    return bytes.fromhex(rid.replace("-", ""))


def _record(t: str, data: dict[str, Any]) -> Record:
    body, rid = data["body"], rid_bytes(data["rid"])
    ref = body.get("ref") if t in REFERRING else None
    return Record(
        rid,
        data["v"],
        t,
        datetime.fromisoformat(data["at"]),
        data["by"],
        data["org"],
        body,
        rid if ref is None else rid_bytes(ref),
        data,
    )


def _wrong(t: Any, data: dict[str, Any], text: str) -> str | None:
    # The compiled check counts code points as they stand, the schemas after NFC.
    normal = text.isascii() or unicodedata.is_normalized("NFC", text)
    if type(t) is str and normal and _passes(t, data):
        return None
    schema = TYPES[t] if type(t) is str else TYPES["open"]
    try:
        schema.load(data)
    except ValidationError as error:
        return _words(error.messages)[:_MESSAGE_MAX]
    return None


def _passes(t: str, data: dict[str, Any]) -> bool:
    try:
        compiled(t)(data)
    except Mismatch:
        return False
    return not _disagree(BODIES[t], data["body"])


def _disagree(schema: type[Strict], value: dict[str, Any]) -> bool:
    """What the compiled check can't see: fields that contradict each other."""
    for key, part in schema.parts.items():
        inside = value.get(key)
        if inside is not None and part.disagree(inside):
            return True
    if schema is _AMEND:
        return _disagree(BODIES[amended_by(value["body"])], value["body"])
    return schema.disagree(value) is not None


def _words(messages: Any, path: str = "") -> str:
    """marshmallow's tree of complaints as one line a reader can follow."""
    if isinstance(messages, dict):
        return " ".join(
            _words(each, path if key == "_schema" else f"{path}.{key}".lstrip("."))
            for key, each in messages.items()
        )
    if isinstance(messages, list):
        return " ".join(_words(each, path) for each in messages)
    return f"{path}: {messages}" if path else str(messages)


def _fault(data: dict[str, Any], code: str, message: str) -> Fault:
    rid = data.get("rid")
    good = isinstance(rid, str) and _RID.match(rid)
    return Fault(code, message, rid_bytes(rid) if good else None)
