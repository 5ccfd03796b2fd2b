"""Which readable records go to quarantine, by what a store knows."""

from datetime import UTC, datetime

import pytest

from sync.judge import Author, judge
from sync.records import Record, compose, new_rid, read
from tests.contract.sources.samples import ended, event, visit

AT = datetime(2026, 11, 22, 20, 40, tzinfo=UTC)
REF = new_rid()
DESK = {
    "release": {"ref": REF, "log": "ab" * 16, "seq": 1, "sha256": "ab" * 32, "why": "x"},
    "review": {"ref": REF, "state": "reviewed"},
    "merge": {"ref": REF, "into": new_rid()},
    "share": {"ref": REF, "with": "kommunen", "why": "x"},
    "return": {"ref": REF, "text": "x"},
    "comment": {"ref": REF, "text": "x"},
    "erase": {"ref": REF, "ground": "x", "keep": None},
}


class Known:
    """What the store of these tests knows."""

    def place(self, code):
        return code == "SOC"

    def category(self, code):
        return code == "ORD.samling"

    def author(self, by):
        roles = {"alice": "field", "bob": "field", "sara": "supervisor"}
        return Author("polisen", frozenset([roles[by]])) if by in roles else None

    def enrolled(self, device, by):
        return device == "store" or (device, by) == ("phone", "alice")

    def is_store(self, device):
        return device == "store"


def test_a_record_in_order_counts():
    assert judge(_record("visit", visit()), Known(), device="phone") is None


@pytest.mark.parametrize(
    ("t", "body", "by", "org", "device", "code"),
    [
        ("visit", visit(place="XYZ"), "alice", "polisen", "phone", "unknown_place"),
        ("event", event(category="XYZ"), "alice", "polisen", "phone", "unknown_category"),
        ("visit", visit(), "nobody", "polisen", "phone", "unknown_author"),
        ("visit", visit(), "bob", "polisen", "phone", "not_allowed"),
        ("visit", visit(), "alice", "kommunen", "phone", "not_allowed"),
        ("event", event(note="811228-9874"), "alice", "polisen", "phone", "personal_data"),
        ("visit", ended(note="811228-9874"), "alice", "polisen", "phone", "personal_data"),
        ("review", DESK["review"], "alice", "polisen", "phone", "not_allowed"),
        ("review", DESK["review"], "bob", "polisen", "store", "not_allowed"),
    ],
)
def test_code(t, body, by, org, device, code):
    verdict = judge(_record(t, body, by, org), Known(), device=device)
    assert verdict.code == code
    assert verdict.message


@pytest.mark.parametrize(
    "body", [visit(place="XYZ"), event(category="XYZ"), event(note="8112289874")]
)
def test_an_amendment_is_judged_by_its_new_body(body):
    amend = {"ref": REF, "base": "ab" * 32, "body": body, "why": "x"}
    assert judge(_record("amend", amend), Known(), device="phone") is not None


@pytest.mark.parametrize("t", DESK)
def test_what_the_desk_writes_counts_only_in_a_stores_log(t):
    record = _record(t, DESK[t], by="sara")
    assert judge(record, Known(), device="store") is None
    assert judge(_record(t, DESK[t]), Known(), device="phone").code == "not_allowed"


def test_a_log_may_be_opened_by_who_is_not_known_yet():
    body = {"device": "phone", "app": "1", "reason": "new", "previous": None}
    assert judge(_record("open", body, by="nobody"), Known(), device="phone") is None


def test_what_comes_after_revocation_is_quarantined_whatever_it_says():
    for t, body in (("visit", visit()), ("close", {})):
        verdict = judge(_record(t, body), Known(), device="phone", revoked=True)
        assert verdict.code == "revoked"


def test_ids_and_times_are_not_mistaken_for_personal_numbers():
    body = event(visit=new_rid(), note="polisen.se 388201, kl 21:40 den 2026-11-22")
    assert judge(_record("event", body), Known(), device="phone") is None


def _record(t: str, body: dict, by: str = "alice", org: str = "polisen") -> Record:
    return read(compose(t, body, at=AT, by=by, org=org))
