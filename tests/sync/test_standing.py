"""How a visit or an event stands, whatever the order in which its records came."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records import Record, rid_bytes
from sync.standing import Arrived, Standing, stand
from tests.contract.load import cases, load

SITUATIONS = load("standing")


@pytest.mark.parametrize("case", cases(SITUATIONS))
def test_situation(case):
    assert _seen(stand(_arrived(case["records"]))) == case["stands"]


@given(st.sampled_from(SITUATIONS), st.data())
def test_neither_order_nor_doubles_nor_entry_ids_matter(case, data):
    records = data.draw(st.permutations(case["records"]))
    twice = data.draw(st.lists(st.sampled_from(records), max_size=3))
    assert _seen(stand(_arrived(records + twice, start=100))) == case["stands"]


def test_of_two_founders_with_one_rid_the_same_stands_in_any_order():
    first, other = SITUATIONS[1]["records"][0], SITUATIONS[2]["records"][0]
    twins = [first, {**other, "digest": "00" * 32}]
    assert stand(_arrived(twins)).founder.digest == stand(_arrived(twins[::-1])).founder.digest


def _arrived(records: list[dict], start: int = 1) -> list[Arrived]:
    return [
        Arrived(n, bytes.fromhex(raw["digest"]), _record(raw))
        for n, raw in enumerate(records, start)
    ]


def _record(raw: dict) -> Record:
    rid = rid_bytes(raw["rid"])
    ref = raw["body"].get("ref")
    at = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)
    subject = rid_bytes(ref) if ref else rid
    return Record(rid, 1, raw["t"], at, raw["by"], raw["org"], raw["body"], subject, raw)


def _seen(standing: Standing | None) -> dict | None:
    if standing is None:
        return None
    return {
        "state": standing.state,
        "body": standing.body,
        "seen": standing.seen.hex(),
        "amended": standing.amended,
        "conflict": standing.conflict,
        "review": standing.review,
        "fixed": standing.fixed,
        "confirmed": standing.confirmed,
        "leave": _text(standing.leave),
        "into": _text(standing.into),
        "shared": list(standing.shared),
    }


def _text(rid: bytes | None) -> str | None:
    if rid is None:
        return None
    raw = rid.hex()
    return f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"
