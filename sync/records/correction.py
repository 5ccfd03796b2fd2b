"""Corrections: a record is never changed, a new one says what holds instead."""

from typing import Any

from marshmallow import ValidationError, fields

from sync.records.base import Strict
from sync.records.event import Event
from sync.records.fields import Digest, Rid, Text
from sync.records.visit import Visit

WHY_MAX = 280
_VISIT, _EVENT = Visit(), Event()


def amended_by(body: Any) -> str:
    """Which type a whole new body is of."""
    return "event" if isinstance(body, dict) and "category" in body else "visit"


class NewBody(fields.Raw):
    """The whole new body of a visit or an event."""

    choices = (_VISIT, _EVENT)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict:
        if not isinstance(value, dict):
            raise ValidationError("Not an object.")
        schema = _EVENT if amended_by(value) == "event" else _VISIT
        schema.load(value)
        return value


class Amend(Strict):
    ref = Rid(label="Record", purpose="Which record is corrected, by its first rid")
    base = Digest(label="Seen", purpose="Which content the author saw when correcting it")
    body = NewBody(
        required=True,
        metadata={"label": "New content", "purpose": "What holds instead, as a whole"},
    )
    why = Text(WHY_MAX, label="Reason", purpose="Why it was corrected")


class Withdraw(Strict):
    ref = Rid(label="Record", purpose="Which record is hidden; it is never deleted")
    why = Text(WHY_MAX, label="Reason", purpose="Why it was withdrawn")
