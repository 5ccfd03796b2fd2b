"""Every type of record by its name, as the schema of the whole payload. The one definition."""

from marshmallow import fields, validate

from sync.records import correction, desk, event, log, visit
from sync.records.base import Strict
from sync.records.fields import Moment, Part, Rid, Shaped, Text

VERSION = 1

BODIES: dict[str, type[Strict]] = {
    "open": log.Open,
    "close": log.Close,
    "visit": visit.Visit,
    "leave": visit.Leave,
    "event": event.Event,
    "confirm": event.Confirm,
    "resolve": event.Resolve,
    "amend": correction.Amend,
    "withdraw": correction.Withdraw,
    "release": desk.Release,
    "review": desk.Review,
    "merge": desk.Merge,
    "share": desk.Share,
    "return": desk.Return,
    "comment": desk.Comment,
    "erase": desk.Erase,
}

# Types that speak of another record by `ref`.
REFERRING = frozenset(t for t, body in BODIES.items() if "ref" in body._declared_fields)


class Common(Strict):
    """The keys that every payload has."""

    rid = Rid(label="Record id", purpose="The same record is known again in any log")
    v = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Equal(VERSION),
        metadata={"label": "Version", "purpose": "How to read the payload, for ever"},
    )
    at = Moment(label="Written", purpose="The device's clock when the record was written")
    by = Text(64, label="Author", purpose="Which account wrote it: to ask, and to correct")
    org = Text(32, label="Organisation", purpose="Which organisation owns the record")
    s = Shaped(
        "^[A-Za-z0-9_-]{22}$",
        label="Salt",
        purpose="An erased payload can't be guessed by its hash",
    )


def _whole(t: str, body: type[Strict]) -> Strict:
    return type(f"{body.__name__}Record", (Common,), {
        "t": fields.String(
            required=True,
            validate=validate.Equal(t),
            metadata={"label": "Type", "purpose": "What the record says"},
        ),
        "body": Part(body, label="Content", purpose="What was written"),
    })()  # fmt: skip


TYPES: dict[str, Strict] = {t: _whole(t, body) for t, body in BODIES.items()}
