"""Which payloads are records, and why the others are not."""

import base64
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records import BODIES, Fault, Record, read, rid_bytes, shape
from tests.contract.load import cases, load

VECTORS = load("records")


@pytest.mark.parametrize("case", cases(VECTORS["valid"]))
def test_valid_payload_is_read(case):
    record = read(case["payload"].encode())
    assert isinstance(record, Record), record
    data = json.loads(case["payload"])
    assert record.body == data["body"]
    assert (record.t, record.by, record.org) == (data["t"], data["by"], data["org"])
    assert record.at.utcoffset() is not None


@pytest.mark.parametrize("case", cases(VECTORS["invalid"]))
def test_invalid_payload_is_a_fault_that_names_the_place(case):
    fault = read(case["payload"].encode())
    assert isinstance(fault, Fault), fault
    assert fault.code == case["code"]
    assert fault.message.startswith(case["at"]), fault.message


@pytest.mark.parametrize("case", cases(VECTORS["raw"]))
def test_bytes_that_are_no_record(case):
    fault = read(base64.b64decode(case["base64"]))
    assert isinstance(fault, Fault), fault
    assert fault.code == case["code"]
    assert fault.message


@pytest.mark.parametrize("case", cases(VECTORS["valid"] + VECTORS["invalid"]))
def test_the_compiled_check_is_never_milder_nor_stricter_than_the_schemas(case, monkeypatch):
    payload = case["payload"].encode()
    fast = read(payload)
    monkeypatch.setattr(sys.modules["sync.records.read"], "compiled", _undecided)
    assert type(read(payload)) is type(fast)


def test_the_subject_is_what_the_record_speaks_of():
    for case in VECTORS["valid"]:
        data = json.loads(case["payload"])
        ref = data["body"].get("ref")
        assert read(case["payload"].encode()).subject == rid_bytes(ref or data["rid"])


def test_a_fault_still_tells_the_rid_if_there_is_one():
    payload = json.loads(VECTORS["valid"][3]["payload"])
    rid = payload["rid"]
    payload["body"]["crew"] = 0
    assert read(json.dumps(payload).encode()).rid == rid_bytes(rid)
    payload["rid"] = "r1"
    assert read(json.dumps(payload).encode()).rid is None


def test_every_type_has_a_valid_example():
    assert {json.loads(case["payload"])["t"] for case in VECTORS["valid"]} == set(BODIES)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(payload):
    assert isinstance(read(payload), Fault)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda each: (
        st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=8), each, max_size=4)
    ),
    max_leaves=8,
)


@given(st.sampled_from(VECTORS["valid"]), st.data(), json_values)
def test_no_value_anywhere_makes_it_raise_or_the_two_checks_disagree(case, data, value):
    record = json.loads(case["payload"])
    inside = data.draw(st.sampled_from([record, record["body"]]))
    inside[data.draw(st.sampled_from(sorted(inside) or ["x"]))] = value
    payload = json.dumps(record).encode()
    with pytest.MonkeyPatch.context() as patched:
        fast = read(payload)
        patched.setattr(sys.modules["sync.records.read"], "compiled", _undecided)
        assert type(read(payload)) is type(fast)


def _undecided(t):
    raise shape.Mismatch("let the schemas decide")
