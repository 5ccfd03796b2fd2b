"""The kinds of field a record is made of, each stricter than marshmallow's own.

JSON types are never converted: "3" is no number and 1 is no yes. Every field carries `label`
(what users read, an English msgid) and `purpose` (why it is kept: the register of processing).
"""

import unicodedata
from typing import Any

from marshmallow import ValidationError, fields, validate

from sync.times import PATTERN, is_moment

_HEX = "[0-9a-f]"
RID = f"^{_HEX}{{8}}-{_HEX}{{4}}-7{_HEX}{{3}}-[89ab]{_HEX}{{3}}-{_HEX}{{12}}$"


class Within(validate.Length):
    """A length in code points after NFC: what a reader sees, not how it was typed."""

    def __call__(self, value: str) -> str:
        super().__call__(unicodedata.normalize("NFC", value))
        return value


class Text(fields.String):
    """`least` … `most` code points."""

    def __init__(self, most: int, *, least: int = 1, **about: Any) -> None:
        super().__init__(validate=Within(least or None, most), **_told(about))


class Shaped(fields.String):
    """A text that matches a pattern which Python and JavaScript read alike."""

    def __init__(self, pattern: str, **about: Any) -> None:
        # In Python `$` would let a newline pass.
        regexp = validate.Regexp(pattern.replace("$", r"\Z"), error="Not of the right form.")
        super().__init__(validate=regexp, **_told({**about, "pattern": pattern}))


class Rid(Shaped):
    """A UUIDv7 in lowercase."""

    def __init__(self, **about: Any) -> None:
        super().__init__(RID, **about)


class Digest(Shaped):
    """A SHA-256 in lowercase hex."""

    def __init__(self, **about: Any) -> None:
        super().__init__("^[0-9a-f]{64}$", **about)


class Moment(fields.String):
    """A time with its offset; stays text, since the text is what was signed and hashed."""

    def __init__(self, **about: Any) -> None:
        told = _told({**about, "pattern": PATTERN, "format": "date-time"})
        super().__init__(validate=_a_moment, **told)


class Choice(fields.String):
    """One of a few words."""

    def __init__(self, *words: str, **about: Any) -> None:
        super().__init__(validate=validate.OneOf(words), **_told(about))


class Flag(fields.Boolean):
    """true or false, and nothing that merely looks like it."""

    def __init__(self, **about: Any) -> None:
        super().__init__(**_told(about))

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if value is not True and value is not False:
            raise self.make_error("invalid")
        return value


class Whole(fields.Integer):
    """A whole number between two others."""

    def __init__(self, least: int, most: int, **about: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(least, most), **_told(about))

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if type(value) is not int:
            raise self.make_error("invalid")
        return value


class Measure(fields.Float):
    """A number between two others, whole or not."""

    def __init__(self, least: float, most: float, **about: Any) -> None:
        super().__init__(validate=validate.Range(least, most), **_told(about))

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> float:
        if type(value) not in (int, float):
            raise self.make_error("invalid")
        return value


class Several(fields.List):
    """A list of at most `most`."""

    def __init__(self, inner: fields.Field, most: int, **about: Any) -> None:
        super().__init__(inner, validate=validate.Length(max=most), **_told(about))

    def _deserialize(self, value: Any, *more: Any, **about: Any) -> list:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        return super()._deserialize(value, *more, **about)


class Part(fields.Nested):
    """An object of its own schema."""

    def __init__(self, schema: Any, **about: Any) -> None:
        super().__init__(schema, **_told(about))


class Free(fields.Dict):
    """An object whose keys are decided elsewhere."""

    def __init__(self, **about: Any) -> None:
        super().__init__(**_told(about))


def _told(about: dict[str, Any]) -> dict[str, Any]:
    """marshmallow's arguments: required unless `null`, which may then be left out as well."""
    null = about.pop("null", False)
    key = about.pop("key", None)
    told: dict[str, Any] = {"required": not null, "allow_none": null, "metadata": about}
    if key is not None:
        told["data_key"] = key
    return told


def _a_moment(text: str) -> None:
    if not is_moment(text):
        raise ValidationError("Not an RFC 3339 time with offset.")
