"""The same definition as JSON Schema, and as a compiled check for the common, valid case."""

from collections.abc import Callable
from functools import cache
from typing import Any

import fastjsonschema
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from sync.records.correction import NewBody
from sync.records.types import TYPES
from sync.times import is_moment

# Draft 4 knows whole numbers as a type: 1.0 is none, as in the schemas.
_DIALECT = {"$schema": "http://json-schema.org/draft-04/schema#"}
_FORMATS = {"date-time": is_moment}

Mismatch = fastjsonschema.JsonSchemaValueException


@cache
def json_schema(t: str) -> dict[str, Any]:
    """The JSON Schema (as OpenAPI 3.1 has it) of a whole payload of type `t`; raises KeyError."""
    return _converter().schema2jsonschema(TYPES[t])


@cache
def compiled(t: str) -> Callable[[Any], None]:
    """A check that raises Mismatch; it can't say why in words, and knows nothing of NFC."""
    schema = _plain(json_schema(t))
    # Asked for here, as sets, because the generated code builds its sets anew for each record.
    whole = frozenset(schema.pop("required"))
    inside = frozenset(schema["properties"]["body"].pop("required", ()))
    fits = fastjsonschema.compile(
        {**_DIALECT, **schema}, formats=_FORMATS, use_default=False, detailed_exceptions=False
    )

    def check(data: Any) -> None:
        fits(data)
        if not (data.keys() >= whole and data["body"].keys() >= inside):
            raise Mismatch("a key is missing")

    return check


@cache
def _converter() -> Any:
    plugin = MarshmallowPlugin(schema_name_resolver=lambda _schema: None)
    APISpec("records", "1", "3.1.0", plugins=[plugin])
    assert plugin.converter is not None
    plugin.converter.add_attribute_function(_told)
    plugin.converter.add_attribute_function(_null_among_choices)
    plugin.converter.add_attribute_function(_new_body)
    return plugin.converter


def _told(_self: Any, field: Any, **_: Any) -> dict[str, Any]:
    told = {"title": field.metadata.get("label"), "description": field.metadata.get("purpose")}
    return {key: value for key, value in told.items() if value is not None}


def _null_among_choices(_self: Any, field: Any, ret: dict, **_: Any) -> dict[str, Any]:
    if field.allow_none and "enum" in ret and None not in ret["enum"]:
        return {"enum": [*ret["enum"], None]}
    return {}


def _new_body(self: Any, field: Any, **_: Any) -> dict[str, Any]:
    if not isinstance(field, NewBody):
        return {}
    return {"anyOf": [self.schema2jsonschema(each) for each in field.choices]}


def _plain(schema: Any) -> Any:
    """Without the words for readers, and without the patterns that a format already checks."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    skipped = {"title", "description"}
    if schema.get("format") in _FORMATS:
        skipped.add("pattern")
    return {
        key: {name: _plain(each) for name, each in value.items()}
        if key == "properties"
        else _plain(value)
        for key, value in schema.items()
        if key not in skipped
    }
