"""What a promise is made of, and how each is written as JSON: the one definition that the pages,
the files that are brought in and the database share.

Only a title is needed to begin with; what must stand before it is published is in `guard`.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time
from itertools import count
from typing import Any

from marshmallow import ValidationError, post_load
from marshmallow.fields import Date, Field

from fieldlog.measure.windows import Window
from sync.records.base import Strict
from sync.records.fields import Choice, Flag, Several, Shaped, Text, Whole

CODE = "^[a-z0-9][a-z0-9-]{0,47}$"
TITLE, WORDS, ADDRESS = 160, 2_000, 500
MOST = 50  # of places, sources and windows of one thing


@dataclass(frozen=True, kw_only=True)
class Thing:
    """`examples` names what was never published and stands here as an example; "all": the whole."""

    code: str
    title: str
    title_en: str | None = None
    text: str | None = None
    text_en: str | None = None
    sources: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def example(self) -> bool:
        """Whether all of it is made up."""
        return "all" in self.examples


@dataclass(frozen=True, kw_only=True)
class Lasting(Thing):
    """Something that holds for a time, both days in it."""

    begins: date | None = None
    ends: date | None = None

    def covers(self, day: date) -> bool:
        return (self.begins or date.min) <= day <= (self.ends or date.max)


@dataclass(frozen=True, kw_only=True)
class Agreement(Lasting):
    """What police and municipality have signed; `parties` as they call themselves."""

    parties: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Promise(Lasting):
    """What is said to residents, inside an agreement."""

    agreement: str | None = None
    follow_up: date | None = None


@dataclass(frozen=True, kw_only=True)
class Focus(Thing):
    """A focus area of a promise."""

    promise: str | None = None


@dataclass(frozen=True, kw_only=True)
class Commitment(Lasting):
    """One undertaking that can be measured. `form` is presence or count.

    Presence: each of `places` is asked `visits` a week of at least `minutes_per_visit`, or
    `minutes` a week, inside `windows`. `owner` is the organisation that answers for it; its own
    visits count, or with `joint` everybody's. Count: `count` of `unit` in the period.
    """

    focus: str | None = None
    form: str = "presence"
    owner: str | None = None
    joint: bool = False
    places: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    visits: int | None = None
    minutes_per_visit: int | None = None
    minutes: int | None = None
    callouts: bool = False
    count: int | None = None
    unit: str | None = None
    unit_en: str | None = None
    follow_up: date | None = None


@dataclass(frozen=True, kw_only=True)
class Source(Thing):
    """Where something is known from: `form` is dialogue, walk, survey or publication."""

    form: str = "publication"
    day: date | None = None
    publisher: str | None = None
    address: str | None = None
    places: tuple[str, ...] = ()


class WindowField(Field):
    """{"weekdays": [5, 6], "from": "21:00", "to": "02:00"}; `to` may be on the next morning."""

    def _serialize(self, value: Window, *_: Any, **__: Any) -> dict:
        clock = {"from": f"{value.starts:%H:%M}", "to": f"{value.to:%H:%M}"}
        return {"weekdays": sorted(value.weekdays), **clock}

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Window:
        try:
            days = frozenset(value["weekdays"])
            starts, to = (time.fromisoformat(value[end]) for end in ("from", "to"))
        except (KeyError, TypeError, ValueError) as wrong:
            raise ValidationError(_WINDOW) from wrong
        if not days or not days <= set(range(1, 8)) or len(value) != 3:
            raise ValidationError(_WINDOW)
        return Window(days, starts, to)


_WINDOW = "A window has weekdays 1–7 (Monday is 1), and the times from and to, like 21:00."


class ThingSchema(Strict):
    title = Text(TITLE)
    title_en = Text(TITLE, null=True)
    text = Text(WORDS, null=True)
    text_en = Text(WORDS, null=True)
    sources = Several(Shaped(CODE), MOST, null=True)
    examples = Several(Text(40), MOST, null=True)

    @post_load
    def _make(self, told: dict, **_: Any) -> dict:
        return {name: tuple(v) if isinstance(v, list) else v for name, v in told.items()}


class LastingSchema(ThingSchema):
    begins = Date(data_key="from", allow_none=True)
    ends = Date(data_key="to", allow_none=True)

    @staticmethod
    def disagree(value: dict[str, Any]) -> str | None:
        first, last = value.get("from"), value.get("to")
        return "The last day is before the first." if first and last and last < first else None


class AgreementSchema(LastingSchema):
    parties = Several(Text(TITLE), MOST, null=True)


class PromiseSchema(LastingSchema):
    agreement = Shaped(CODE, null=True)
    follow_up = Date(allow_none=True)


class FocusSchema(ThingSchema):
    promise = Shaped(CODE, null=True)


class CommitmentSchema(LastingSchema):
    focus = Shaped(CODE, null=True)
    form = Choice("presence", "count")
    owner = Text(40, null=True)
    joint = Flag(null=True)
    places = Several(Text(40), MOST, null=True)
    windows = Several(WindowField(), MOST, null=True)
    visits = Whole(1, 500, null=True)
    minutes_per_visit = Whole(1, 1_440, null=True)
    minutes = Whole(1, 10_080, null=True)
    callouts = Flag(null=True)
    count = Whole(1, 10_000, null=True)
    unit = Text(80, null=True)
    unit_en = Text(80, null=True)
    follow_up = Date(allow_none=True)


class SourceSchema(ThingSchema):
    form = Choice("dialogue", "walk", "survey", "publication")
    day = Date(allow_none=True)
    publisher = Text(TITLE, null=True)
    address = Shaped("^https?://[^ ]{1,480}$", null=True)
    places = Several(Text(40), MOST, null=True)


# In the order in which they lean on each other.
KINDS: dict[str, tuple[type[Thing], type[ThingSchema]]] = {
    "source": (Source, SourceSchema),
    "agreement": (Agreement, AgreementSchema),
    "promise": (Promise, PromiseSchema),
    "focus": (Focus, FocusSchema),
    "commitment": (Commitment, CommitmentSchema),
}

# What hangs under what; the field is called as the kind.
PARENT = {"promise": "agreement", "focus": "promise", "commitment": "focus"}


def read(kind: str, code: str, body: dict) -> Thing:
    """The thing that a body describes. Raises marshmallow's ValidationError, a list a field."""
    makes, schema = KINDS[kind]
    if not isinstance(code, str) or not re.fullmatch(CODE.strip("^$"), code):
        raise ValidationError({"code": ["Not of the right form."]})
    told = {name: value for name, value in schema().load(body).items() if value is not None}
    return makes(code=code, **told)


def code_for(title: str, taken: set[str]) -> str:
    """A code made of a title that none of `taken` has."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    code = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-") or "utan-namn"
    numbered = (f"{code}-{number}" for number in count(2))
    return code if code not in taken else next(one for one in numbered if one not in taken)


def body_of(kind: str, thing: Thing) -> dict:
    """The thing as JSON, without what it does not say."""
    _, schema = KINDS[kind]
    said = schema().dump(thing)
    return {name: value for name, value in said.items() if value not in (None, [], False)}
