"""What becomes of one section: the contract's situations, and the invariants over any of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import chain
from sync.messages import PAYLOAD_MAX, Line, Result, Section, Via
from sync.ports import Entry
from sync.receiver import Receiver, receive
from tests.contract.load import cases, load
from tests.sync.shelf import Shelf, state
from tests.sync.wired import Held

LOG = "000102030405060708090a0b0c0d0e0f"
SITUATIONS = load("receiver")


@pytest.mark.parametrize("case", cases(SITUATIONS))
def test_situation(case):
    log = _ledger(case["before"])
    result = _receive(case, log)
    expect = case["answer"]
    assert (result.r, result.have, result.hash.hex()) == (
        expect["r"], expect["have"], expect["hash"],
    )  # fmt: skip
    assert (result.kept.hex() if result.kept else None) == expect.get("kept")
    assert result.seq == expect.get("seq")
    assert _seen(log) == case["after"]


@pytest.mark.parametrize("case", cases(SITUATIONS))
def test_a_situation_repeated_changes_nothing_more(case):
    log = _ledger(case["before"])
    _receive(case, log)
    once = state(log)
    log.changes.clear()
    again = _receive(case, log)
    assert state(log) == once
    assert log.changes == []
    assert again.have == log.have


def test_the_payload_is_kept_as_the_bytes_that_came():
    log = Shelf(LOG)
    receive(_section([b"\xff no json", b"", b"{}"]), log, pusher="p", role="node")
    assert [log.entries[n].payload for n in (1, 2, 3)] == [b"\xff no json", b"", b"{}"]


def test_a_payload_of_just_the_limit_is_taken():
    result = receive(_section([b"x" * PAYLOAD_MAX]), Shelf(LOG), pusher="p", role="node")
    assert result.r == "ok"


def test_a_relay_gives_the_log_to_the_device_that_wrote_it():
    log = Shelf(LOG)
    via = Via("phone-1", "t", "t", 0, "1")
    section = _section([b"{}"], via=via)
    receive(section, log, pusher="node-a", role="centre", relays=True)
    assert (log.owner, log.via_node) == ("phone-1", "node-a")


def test_a_result_that_keeps_nothing_leaves_the_log_unclaimed():
    log = Shelf(LOG)
    receive(_section([b"{}"], first=2), log, pusher="p", role="centre")
    assert log.owner is None


payloads = st.lists(st.binary(max_size=6), min_size=1, max_size=9)


@given(payloads, st.data())
def test_any_old_requests_in_any_order_change_nothing(written, data):
    log, sent = Shelf(LOG), _in_batches(written, data)
    for section in sent:
        assert receive(section, log, pusher="p", role="node").r == "ok"
    before = state(log)
    log.changes.clear()
    for section in data.draw(st.lists(st.sampled_from(sent), max_size=12)):
        result = receive(section, log, pusher="p", role="node")
        assert (result.r, result.have, result.hash) == ("ok", log.have, log.hash)
    assert state(log) == before
    assert log.changes == []


@given(payloads, st.data())
def test_requests_in_any_order_and_number_leave_a_true_prefix(written, data):
    sent = _in_batches(written, data)
    log = Shelf(LOG)
    for section in data.draw(st.lists(st.sampled_from(sent), max_size=12)):
        result = receive(section, log, pusher="p", role="centre")
        assert result.r in ("ok", "gap")
        _holds_exactly(log, result, written)


@given(payloads, st.data())
def test_how_a_queue_is_split_makes_no_difference(written, data):
    split, whole = Shelf(LOG), Shelf(LOG)
    for section in _in_batches(written, data):
        receive(section, split, pusher="p", role="node")
    receive(_section(written), whole, pusher="p", role="node")
    assert state(split) == state(whole)


@settings(max_examples=200)
@given(payloads, st.data())
def test_clones_damage_and_replay_never_change_or_lose_what_is_kept(written, data):
    sections = _in_batches(written, data) + _clones_batches(written, data)
    sections += [_damaged(each) for each in sections]
    log, promised = Shelf(LOG), {}
    for section in data.draw(st.lists(st.sampled_from(sections), max_size=16)):
        before = dict(log.entries)
        kept = dict(log.branches)
        result = receive(section, log, pusher="p", role="node")
        assert before.items() <= log.entries.items()
        assert kept.items() <= log.branches.items()
        _chains(log)
        if result.r in ("ok", "fork"):
            promised.update(_entries_of(section))
        everywhere = {(e.seq, e.hash): e.payload for e in log.entries.values()}
        everywhere |= {key: e.payload for key, e in log.branches.items()}
        assert promised.items() <= everywhere.items()


def test_without_the_hash_a_restored_phones_new_record_is_taken_for_the_old_one():
    log = Shelf(LOG)
    receive(_section([b"a", b"old"]), log, pusher="p", role="node")
    forked = _section([b"a", b"new"])
    assert _NumbersOnly().receive(forked, log, pusher="p", role="node").r == "ok"
    assert b"new" not in {entry.payload for entry in log.entries.values()}
    assert receive(forked, log, pusher="p", role="node").r == "fork"


class _NumbersOnly(Receiver):
    def parting(self, section, ledger, hashes):
        return None

    def parts_at_prev(self, section, ledger):
        return False


def _ledger(raw: dict) -> Shelf:
    known = chain_of(max([raw["have"], *raw["held"], 0]))
    log = Shelf(LOG, owner=raw["owner"], base=raw["base"])
    log.base_hash, log.have, log.hash = known[raw["base"]], raw["have"], known[raw["have"]]
    for n in raw["held"]:
        payload = b'{"n":%d}' % n
        gone = n in raw["gone"]
        log.entries[n] = Entry(n, chain.digest(payload), known[n], None if gone else payload)
    for seq, hash_ in raw["kept"]:
        # Which payload it was matters to no rule: a branch is kept by number and hash.
        log.branches[seq, bytes.fromhex(hash_)] = Entry(seq, b"", bytes.fromhex(hash_), b"?")
    return log


def _seen(log: Shelf) -> dict:
    return {
        "owner": log.owner,
        "base": log.base,
        "have": log.have,
        "hash": log.hash.hex(),
        "held": sorted(log.entries),
        "gone": sorted(n for n, entry in log.entries.items() if entry.payload is None),
        "kept": sorted([seq, hash_.hex()] for seq, hash_ in log.branches),
    }


def _receive(case: dict, log: Shelf) -> Result:
    raw = case["section"]
    via = Via(case["via"], "t", "t", 0, "1") if case["via"] else None
    lines = []
    for n, (payload, text) in enumerate(zip(raw["payloads"], raw["digests_of"], strict=True)):
        written = b"x" * (PAYLOAD_MAX + 1) if raw["first"] + n == raw["huge"] else payload
        written = written.encode() if isinstance(written, str) else written
        lines.append(Line(chain.digest(text.encode()), written))
    branch = bytes.fromhex(raw["branch"]) if raw.get("branch") else None
    section = Section(
        LOG, raw["base"], raw["first"], bytes.fromhex(raw["prev"]), bytes.fromhex(raw["head"]),
        lines, "t", 0, "1", via, branch,
    )  # fmt: skip
    return receive(section, log, pusher=case["pusher"], role=case["role"], relays=case["relays"])


def chain_of(head: int) -> list[bytes]:
    digests = [chain.digest(b'{"n":%d}' % n) for n in range(1, head + 1)]
    return [chain.genesis(LOG), *chain.fold(chain.genesis(LOG), 1, digests)]


def _section(written: list[bytes], *, first: int = 1, via: Via | None = None) -> Section:
    source = Held.writing(*written)
    last = len(written)
    first = min(first, last + 1)
    if first > last:  # what comes after a hole: its own chain is of no interest
        return Section(
            LOG, 0, first, b"\1" * 32, b"\2" * 32, [Line(b"\3" * 32, b"{}")], "t", 0, "1"
        )
    return Section(
        LOG, 0, first, source.hashes[first - 1], source.hashes[last],
        source.lines(first, last, 10**6), "t", 0, "1", via,
    )  # fmt: skip


def _batch(written: list[bytes], first: int, last: int) -> Section:
    whole = _section(written[:last])
    hashes = Held.writing(*written).hashes
    return Section(
        LOG, 0, first, hashes[first - 1], hashes[last], whole.lines[first - 1 :], "t", 0, "1"
    )


def _in_batches(written: list[bytes], data: st.DataObject) -> list[Section]:
    cuts = data.draw(st.sets(st.integers(1, len(written)))) | {len(written)}
    ends = sorted(cuts)
    starts = [1, *(each + 1 for each in ends[:-1])]
    return [_batch(written, a, b) for a, b in zip(starts, ends, strict=True)]


def _clones_batches(written: list[bytes], data: st.DataObject) -> list[Section]:
    shared = data.draw(st.integers(0, len(written)))
    others = data.draw(st.lists(st.binary(max_size=6), min_size=1, max_size=4))
    return _in_batches(written[:shared] + others, data)


def _damaged(section: Section) -> Section:
    lines = [Line(chain.digest(b"damage"), b"damage"), *section.lines[1:]]
    return Section(section.log, 0, section.first, section.prev, section.head, lines, "t", 0, "1")


def _holds_exactly(log: Shelf, result: Result, written: list[bytes]) -> None:
    assert [log.entries[n].payload for n in range(1, result.have + 1)] == written[: result.have]
    assert result.hash == Held.writing(*written).hashes[result.have]


def _chains(log: Shelf) -> None:
    digests = [log.entries[n].digest for n in range(1, log.have + 1)]
    folded = [chain.genesis(LOG), *chain.fold(chain.genesis(LOG), 1, digests)]
    assert folded[-1] == log.hash


def _entries_of(section: Section) -> dict[tuple[int, bytes], bytes | None]:
    hashes = chain.fold(section.prev, section.first, (each.digest for each in section.lines))
    return {
        (seq, hash_): line.payload
        for seq, (line, hash_) in enumerate(zip(section.lines, hashes, strict=True), section.first)
    }
