"""What a sender sends next, and what it makes of an answer: the contract's situations."""

from dataclasses import asdict

import pytest

from sync import receipts, steps
from sync.messages import BATCH_BYTES, BATCH_ENTRIES, Up
from sync.sender import Sender, releasable
from tests.contract.load import cases, load
from tests.sync import wired
from tests.sync.wired import Held

SITUATIONS = load("sender")
KEY = receipts.new_key()
CENTRE_KEY = receipts.public_key(KEY)


@pytest.mark.parametrize("case", cases(SITUATIONS["next"]))
def test_next_section(case):
    section = Sender().next_section(
        Held.of(case["source"]),
        case["known"],
        author=case["author"],
        most=case.get("most", BATCH_ENTRIES),
        room=case.get("room", BATCH_BYTES),
    )
    assert _seen(section) == case["expect"]


@pytest.mark.parametrize("case", cases(SITUATIONS["branch"]))
def test_next_branch(case):
    assert _seen(Sender().next_branch(Held.of(case["source"]), case["kept"])) == case["expect"]


@pytest.mark.parametrize("case", cases(SITUATIONS["weigh"]))
def test_weigh(case):
    step = Sender().weigh(
        Held.of(case["source"]),
        _sent(case),
        wired.result(case["result"]),
        role=case["role"],
        author=case["author"],
        again=case["again"],
    )
    assert _named(step) == case["expect"]


def test_a_receipt_lets_go_of_what_it_covers():
    log = Held.writing(b"a", b"b", b"c")
    assert releasable(log, _receipt(log, 2), CENTRE_KEY) == 2


def test_a_receipt_by_another_key_lets_go_of_nothing():
    log = Held.writing(b"a", b"b", b"c")
    assert releasable(log, _receipt(log, 2, key=receipts.new_key()), CENTRE_KEY) == 0


def test_a_receipt_for_another_chain_lets_go_of_nothing():
    log, other = Held.writing(b"a", b"b", b"c"), Held.writing(b"a", b"X", b"c")
    assert releasable(log, _receipt(other, 2), CENTRE_KEY) == 0


def test_a_receipt_beyond_the_own_head_lets_go_of_nothing():
    assert releasable(Held.writing(b"a"), _receipt(Held.writing(b"a", b"b"), 2), CENTRE_KEY) == 0


def test_no_receipt_lets_go_of_nothing():
    assert releasable(Held.writing(b"a"), None, CENTRE_KEY) == 0


def _receipt(log: Held, have: int, key: str = KEY) -> Up:
    hash_, at = log.hash_at(have), "2026-11-22T20:41:07Z"
    return Up("ok", have, hash_, "9f", at, receipts.sign(key, log.log, have, hash_, "9f", at))


def _seen(section) -> dict | None:
    if section is None:
        return None
    seen = {
        "first": section.first,
        "n": len(section.lines),
        "prev": section.prev.hex(),
        "head": section.head.hex(),
    }
    return seen if section.branch is None else {**seen, "branch": section.branch.hex()}


def _sent(case: dict):
    """The section that the case says was sent, or None for a status answer."""
    raw = case["section"]
    if raw is None:
        return None
    header = {**case["source"], **raw, "from": raw["first"]}
    line = {"digest": "00" * 32, "payload": None}
    return wired.section(header, [line] * raw["n"])


def _named(step: steps.Step) -> dict:
    names = {"SetAside": "set_aside", "NotYours": "not_yours"}
    kind = type(step).__name__
    return {"step": names.get(kind, kind.lower()), **asdict(step)}
