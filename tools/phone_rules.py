"""Writes the rules that a phone shares with the stores.

static/js/store/rules.js: the record types that a phone writes, from sync.records; the schemas stay
the one definition, this is their JSON Schema without the words for readers.
static/js/patrol/brake_rules.js: what a note must not hold, from sync/brake/rules.json.
Run it after a change of either; a test says so when it was forgotten.
"""

import json
from pathlib import Path
from typing import Any

from sync.records import json_schema

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "static/js/store/rules.js"
BRAKE = ROOT / "static/js/patrol/brake_rules.js"
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
BRAKE_HEAD = """/**
 * The rules of the brake on personal data. Generated from sync/brake/rules.json by
 * `python -m tools.phone_rules`; not to be edited.
 */

/**
 * @type {{letters: Record<string, string>, stop: [string, string][], warn: [string, string][],
 *   name: Record<string, string>}}
 */
export const RULES = """
UNSAID = ("title", "description", "format")


def module() -> str:
    """The whole text of rules.js: a line a type."""
    lines = [f"  {json.dumps(t)}: {_compact(_plain(json_schema(t)))},\n" for t in PHONE_TYPES]
    return f"{HEAD}{''.join(lines)}}};\n"


def brake_module() -> str:
    """The whole text of brake_rules.js."""
    rules = json.loads((ROOT / "sync/brake/rules.json").read_text("utf-8"))
    return f"{BRAKE_HEAD}{json.dumps(rules, ensure_ascii=False, indent=2)};\n"


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
    BRAKE.write_text(brake_module(), encoding="utf-8")
