"""The JSON Schema that is derived from the one definition."""

import json

import pytest
from jsonschema import Draft202012Validator

from sync.records import BODIES, TYPES, json_schema
from tests.contract.load import load

VALID = [json.loads(each["payload"]) for each in load("records")["valid"]]
# Lengths after NFC are beyond JSON Schema.
PLAIN = [each for each in VALID if "\u0301" not in json.dumps(each, ensure_ascii=False)]


@pytest.mark.parametrize("t", TYPES)
def test_schema_is_a_json_schema_that_refuses_unknown_keys(t):
    schema = json_schema(t)
    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    assert schema["properties"]["body"]["additionalProperties"] is False


@pytest.mark.parametrize("payload", PLAIN, ids=lambda each: each["t"])
def test_schema_accepts_what_is_read(payload):
    Draft202012Validator(json_schema(payload["t"])).validate(payload)


@pytest.mark.parametrize("t", BODIES)
def test_every_field_tells_its_label_and_purpose(t):
    for path, field in _fields(TYPES[t]):
        for what in ("label", "purpose"):
            told = field.metadata.get(what)
            assert told, f"{t}: {path} has no {what}: give it one in sync/records/"


def test_no_field_describes_a_person():
    forbidden = {
        "name", "first_name", "last_name", "ssn", "personal_number", "plate", "appearance",
        "ethnicity", "gender", "sex", "nationality", "religion", "phone", "email", "address",
    }  # fmt: skip
    for t, schema in TYPES.items():
        keys = {path.rpartition(".")[2] for path, _ in _fields(schema)}
        assert not keys & forbidden, f"{t} describes a person: {keys & forbidden}"


def _fields(schema, path=""):
    for name, field in schema.fields.items():
        here = f"{path}.{field.data_key or name}".lstrip(".")
        yield here, field
        inner = getattr(field, "inner", field)
        if inner is not field:
            yield f"{here}[]", inner
        if getattr(inner, "nested", None) is not None:
            yield from _fields(inner.schema, here)
