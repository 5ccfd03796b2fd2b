"""Writes static/js/store/rules.js: the record types that a phone writes, from sync.records.

The schemas stay the one definition; this is their JSON Schema without the words for readers.
Run it after a change of sync/records; a test says so when it was forgotten.
"""

import json
from pathlib import Path
from typing import Any

from sync.records import json_schema

TARGET = Path(__file__).parent.parent / "static/js/store/rules.js"
PHONE_TYPES = (
    "open",
    "close",
    "visit",
    "leave",
    "event",
    "confirm",
    "resolve",
    "amend",
    "withdraw",
)
HEAD = """/**
 * The rules of each record type that a phone writes, as JSON Schema. Generated from sync/records by
 * `python -m tools.phone_rules`; not to be edited.
 */

/** @type {Record<string, import("./check.js").Rule>} */
export const RULES = {
"""
UNSAID = ("title", "description", "format")


def module() -> str:
    """The whole text of rules.js: a line a type."""
    lines = [f"  {json.dumps(t)}: {_compact(_plain(json_schema(t)))},\n" for t in PHONE_TYPES]
    return f"{HEAD}{''.join(lines)}}};\n"


def _plain(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _plain(each) for name, each in value.items()}
        if key == "properties"
        else _plain(value)
        for key, value in schema.items()
        if key not in UNSAID
    }


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    TARGET.write_text(module(), encoding="utf-8")
