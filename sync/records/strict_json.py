"""JSON as a payload may be written: each key once, no NaN, nothing that no database can keep."""

import json
from typing import Any


class NotJson(ValueError):
    """The bytes are no JSON object."""


class Unfit(ValueError):
    """JSON, but not as a record may be written; the text says why."""


def loads(text: str) -> dict[str, Any]:
    """Raises NotJson or Unfit."""
    try:
        value = _decoder.decode(text)
    except Unfit:
        raise
    except RecursionError as error:
        raise Unfit("nested too deeply") from error
    except json.JSONDecodeError as error:
        raise NotJson(str(error)) from error
    except ValueError as error:  # a whole number of thousands of digits
        raise Unfit(str(error)) from error
    if type(value) is not dict:
        raise NotJson("not a JSON object")
    # Only an escape can write what UTF-8 can't hold, or the zero that PostgreSQL refuses.
    if "\\" in text:
        _readable(value)
    return value


def _readable(value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value or not _encodable(value):
            raise Unfit("a text holds a zero or half a character")
    elif isinstance(value, dict):
        for key, each in value.items():
            _readable(key)
            _readable(each)
    elif isinstance(value, list):
        for each in value:
            _readable(each)


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Unfit("a key stands twice")
    return made


def _no_constant(name: str) -> None:
    raise Unfit(f"{name} is no JSON number")


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)
