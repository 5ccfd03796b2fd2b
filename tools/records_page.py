"""Writes docs/records.md: every type of record, field by field, from the schemas in sync/records.

It is the register of what is kept and why. Run `python -m tools.records_page` after a change
there; a test says so when it was forgotten.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marshmallow import fields

from sync.records import BODIES, TYPES, json_schema
from sync.records.fields import RID
from sync.records.types import Common

PAGE = Path(__file__).parent.parent / "docs/records.md"
HEAD = """# What a record says, and why it is kept

Made from `sync/records/` by `python -m tools.records_page`; change it there. A payload is one JSON
object with these keys and no others, each key once; its type stands under `t`, and what the type
says under `body`. What may be null may also be left out. Characters are counted after NFC.
"""


def page() -> str:
    """The whole text of the page."""
    parts = [HEAD, "## Every record\n", _table(Common().fields, _properties("close"))]
    for t, body in BODIES.items():
        said = _summary(body)
        parts.append(f"## `{t}`\n" + (f"\n{said}\n" if said else ""))
        inside = _properties(t)["body"]["properties"]
        parts.append(
            _table(TYPES[t].fields["body"].schema.fields, inside) if inside else "No fields.\n"
        )
    return "\n".join(parts)


def _properties(t: str) -> dict[str, Any]:
    return json_schema(t)["properties"]


def _summary(body: type) -> str:
    return (body.__doc__ or "").strip() if "__doc__" in vars(body) else ""


def _table(named: dict[str, fields.Field], shapes: dict[str, Any]) -> str:
    rows = ["| field | value | what it is | why it is kept |", "|---|---|---|---|"]
    for path, field, shape in _flat(named, shapes):
        told = field.metadata
        rows.append(f"| `{path}` | {_value(shape)} | {told['label']} | {told['purpose']} |")
    return "\n".join(rows) + "\n"


def _flat(
    named: dict[str, fields.Field], shapes: dict[str, Any], path: str = ""
) -> Iterator[tuple[str, fields.Field, dict[str, Any]]]:
    for name, field in named.items():
        key = field.data_key or name
        shape = shapes[key]
        yield path + key, field, shape
        inner, inside = field, shape
        if isinstance(field, fields.List):
            inner, inside = field.inner, shape["items"]
        if isinstance(inner, fields.Nested) and "properties" in inside:
            yield from _flat(inner.schema.fields, inside["properties"], f"{path}{key}.")


def _value(shape: dict[str, Any]) -> str:
    """A shape in a few words, for a reader."""
    types = shape.get("type", "object")
    kinds = [types] if isinstance(types, str) else [each for each in types if each != "null"]
    may_be_null = "; or null" if "null" in types else ""
    return _kind(kinds[0], shape) + may_be_null


def _kind(kind: str, shape: dict[str, Any]) -> str:
    if "enum" in shape:
        return ", ".join(f"`{each}`" for each in shape["enum"] if each is not None)
    if kind == "array":
        return f"list of at most {shape['maxItems']}: {_value(shape['items'])}"
    if kind in ("integer", "number"):
        word = "whole number" if kind == "integer" else "number"
        least, most = int(shape["minimum"]), int(shape["maximum"])
        return f"{word} from {least:,} to {most:,}".replace(",", " ").replace("-", "−")
    if kind == "string":
        return _text(shape)
    return "yes or no" if kind == "boolean" else "object"


def _text(shape: dict[str, Any]) -> str:
    if shape.get("format") == "date-time":
        return "time with offset (RFC 3339)"
    if "maxLength" in shape:
        return f"text, at most {shape['maxLength']} characters"
    form = "UUIDv7" if shape["pattern"] == RID else f"text of the form `{shape['pattern']}`"
    return form.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
