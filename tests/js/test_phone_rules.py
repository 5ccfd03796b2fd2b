"""The check on the phone comes from the one definition of a record, and says what that says."""

import json
import subprocess
from copy import deepcopy
from pathlib import Path

from sync.records import Fault, read
from tools.phone_rules import BRAKE, PHONE_TYPES, TARGET, brake_module, module

HERE = Path(__file__).parent
UNDERSTOOD = {
    "type", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "maxItems",
    "items", "properties", "required", "additionalProperties", "anyOf",
}  # fmt: skip

RID = "01a204de-e8d8-7c54-9d4a-06862cf562a2"
AT = "2026-11-21T21:40:00+01:00"
POINT = {"lat": 59.4, "lon": 17.9, "acc_m": 12, "age_s": None}
VISIT = {
    "place": "HAG", "point": POINT, "point_why": None, "far": False, "started_at": AT,
    "ended_at": None, "ended_by": None, "mode": "foot", "crew": 2, "kind": "planned",
}  # fmt: skip
ENDED = {
    "ended_at": AT, "ended_by": "tap", "climate": "calm", "contacts": "0",
    "nothing_observed": True, "note": "Lugnt, å ä ö 😀",
}  # fmt: skip
EVENT = {
    "visit": RID, "category": "ORD.stoj", "place": None, "point": None, "precision": "place",
    "from": AT, "to": None, "source": "own", "people": "1-3", "ages": ["13-17"], "severity": 1,
    "handled": ["talked"], "police_report": False, "fault_report": False, "note": "",
    "blobs": [{"sha256": "ab" * 32, "size": 1, "mime": "image/jpeg"}],
}  # fmt: skip
OPEN = {"device": "d", "app": "1", "reason": "new", "previous": {"log": "0f" * 16, "seq": 3}}
BODIES = [
    ("open", OPEN),
    ("close", {}),
    ("visit", VISIT),
    ("visit", {**VISIT, **ENDED}),
    ("leave", {"ref": RID, **ENDED}),
    ("event", EVENT),
    ("confirm", {"ref": RID}),
    ("resolve", {"ref": RID}),
    ("amend", {"ref": RID, "base": "ab" * 32, "body": {**VISIT, **ENDED}, "why": "fel plats"}),
    ("amend", {"ref": RID, "base": "ab" * 32, "body": EVENT, "why": "fel"}),
    ("withdraw", {"ref": RID, "why": "fel"}),
]
ODD = [
    None, "", "x", "x" * 281, "e\u0301" * 280, "\U0001f600" * 280, 0, 1, -1, 1.5, 10**9, True,
    False, [], ["x"], ["none"] * 50, {}, {"lat": 0, "lon": 0}, {"x": 1}, AT, "2026-13-01T00:00:00Z",
    f"{AT}\n", RID.upper(),
]  # fmt: skip


def test_the_generated_rules_are_fresh():
    assert TARGET.read_text(encoding="utf-8") == module(), (
        "static/js/store/rules.js is older than sync/records: run `python -m tools.phone_rules`."
    )


def test_the_phones_brake_is_fresh():
    assert BRAKE.read_text("utf-8") == brake_module(), (
        "static/js/patrol/brake_rules.js is old: run `python -m tools.phone_rules`."
    )


def test_the_rules_use_only_words_that_the_check_reads():
    text = module()
    rules = json.loads("{" + text.split("RULES = {", 1)[1].rsplit("};", 1)[0].rstrip(",\n") + "}")
    assert set(rules) == set(PHONE_TYPES)
    strange = set().union(*map(words, rules.values())) - UNDERSTOOD
    assert not strange, f"teach static/js/store/check.js to read {strange}"


def test_the_phone_lets_through_what_the_store_lets_through():
    records = [record(t, body) for t, body in BODIES]
    assert verdicts(records) == [None] * len(records)
    assert [wrong(each) for each in records] == [False] * len(records)


def test_whatever_single_thing_is_wrong_the_phone_and_the_store_agree():
    records = [changed for t, body in BODIES for changed in mutations(record(t, body))]
    found = verdicts(records)
    differing = [
        (each, mine)
        for each, mine in zip(records, found, strict=True)
        if (mine is not None) != wrong(each) and not only_the_store_can_tell(each)
    ]
    assert len(records) > 2_000
    assert not differing, differing[:3]


def record(t: str, body: dict) -> dict:
    salt = "AAAAAAAAAAAAAAAAAAAAAA"
    return {"rid": RID, "v": 1, "t": t, "at": AT, "by": "a", "org": "o", "s": salt, "body": body}


def mutations(value, rebuild=lambda changed: changed):
    """Every record that differs from `value` in one key or item, at any depth."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    if isinstance(value, dict):
        yield rebuild({**value, "unheard_of": 1})
    for key in keys:
        if isinstance(value, dict):
            yield rebuild({other: each for other, each in value.items() if other != key})
        for odd in ODD:
            yield rebuild(with_item(value, key, odd))
        if isinstance(value[key], dict | list):
            yield from mutations(
                value[key], lambda changed, key=key: rebuild(with_item(value, key, changed))
            )


def with_item(value, key, changed):
    copy = deepcopy(value)
    copy[key] = changed
    return copy


def wrong(each: dict) -> bool:
    return isinstance(read(json.dumps(each).encode()), Fault)


def only_the_store_can_tell(each: dict) -> bool:
    """A thirteenth month: the phone writes its times itself and checks their form only."""
    return "2026-13-01" in json.dumps(each)


def verdicts(records: list[dict]) -> list[str | None]:
    done = subprocess.run(
        ["node", str(HERE / "check_many.mjs")],
        input=json.dumps(records), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def words(rule: dict) -> set[str]:
    """The words of JSON Schema that a rule uses, at any depth."""
    inner = [*rule.get("properties", {}).values(), *rule.get("anyOf", [])]
    inner += [rule["items"]] if "items" in rule else []
    return set(rule).union(*map(words, inner))
