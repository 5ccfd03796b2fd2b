"""Pushes, answers, comparisons and receipts on the wire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import chain, messages
from sync.messages import Answer, Compare, Framing, Garbled, Line, Oversize, Section, compare
from tests.contract.load import cases, load
from tests.sync import wired

VECTORS = load("messages")
LOG = "000102030405060708090a0b0c0d0e0f"
ONE_HASH = "ab" * 32


@pytest.mark.parametrize("case", cases(VECTORS["push"]))
def test_push_is_read_as_the_contract_says(case):
    read = list(messages.parse([case["text"].encode()]))
    assert read == [wired.section(each["header"], each["lines"]) for each in case["sections"]]


@pytest.mark.parametrize("case", cases(VECTORS["push"]))
def test_push_is_written_as_the_contract_says(case):
    sections = [wired.section(each["header"], each["lines"]) for each in case["sections"]]
    assert messages.render(sections).decode() == case["text"]


@pytest.mark.parametrize("case", cases(VECTORS["framing"]))
def test_what_stood_before_a_framing_error_is_handed_out(case):
    sections = messages.parse([case["text"].encode()])
    for _ in range(case["sections_before"]):
        next(sections)
    with pytest.raises(Framing) as caught:
        next(sections)
    assert isinstance(caught.value, Oversize) == (case["error"] == "too_large")
    assert str(caught.value)


def test_the_last_line_may_lack_its_newline():
    text = messages.render([_section(b"{}")])
    assert list(messages.parse([text[:-1]])) == list(messages.parse([text]))


@given(st.data())
def test_it_does_not_matter_where_the_body_is_cut_into_pieces(data):
    text = messages.render([_section(b"a", b"", b"\xff"), _section(b"{}")])
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert list(messages.parse(pieces)) == list(messages.parse([text]))


@given(
    st.lists(st.binary(max_size=80).filter(lambda each: b"\n" not in each), min_size=1, max_size=9)
)
def test_any_bytes_without_a_newline_travel_unchanged(payloads):
    (read,) = messages.parse([messages.render([_section(*payloads)])])
    assert [line.payload for line in read.lines] == payloads
    assert [line.digest for line in read.lines] == [chain.digest(each) for each in payloads]


@pytest.mark.parametrize("payload", [b"two\nlines", b"!" + b"0" * 64])
def test_a_payload_that_would_be_read_as_something_else_is_not_written(payload):
    with pytest.raises(ValueError, match="newline"):
        messages.render([_section(payload)])


def test_a_request_over_one_mebibyte_is_too_large_but_its_first_sections_stand():
    small = messages.render([_section(b"{}")])
    body = small + messages.render([_section(*[b"x" * 60_000] * 18)])
    sections = messages.parse([body])
    assert next(sections).lines[0].payload == b"{}"
    with pytest.raises(Oversize):
        next(sections)


def test_a_line_over_the_payload_limit_is_left_to_the_receiver():
    (read,) = messages.parse([messages.render([_section(b"x" * (messages.PAYLOAD_MAX + 1))])])
    assert len(read.lines[0].payload) == messages.PAYLOAD_MAX + 1


def test_more_logs_than_a_request_may_hold_are_too_large():
    body = messages.render([_section(b"{}")] * 65)
    sections = messages.parse([body])
    assert len([next(sections) for _ in range(64)]) == 64
    with pytest.raises(Oversize, match="64 logs"):
        next(sections)


def test_entries_are_counted_over_all_sections_of_a_request():
    body = messages.render([_section(*[b"{}"] * 1_500), _section(*[b"{}"] * 501)])
    sections = messages.parse([body])
    next(sections)
    with pytest.raises(Oversize, match="2000 entries"):
        next(sections)


@pytest.mark.parametrize("case", cases(VECTORS["answers"]))
def test_answer_travels_both_ways(case):
    answer = Answer.from_json(case["text"])
    assert list(answer.logs) == [wired.result(each) for each in case["value"]["logs"]]
    assert answer.to_json().decode() == case["text"]


@pytest.mark.parametrize("case", cases(VECTORS["garbled_answers"]))
def test_anything_else_is_no_answer(case):
    with pytest.raises(Garbled):
        Answer.from_json(case["text"])


def test_a_revoked_device_is_told_no_bundles():
    answer = Answer("node-a", "node", "01", "2026-11-22T20:41:08Z", ())
    assert b"ref" not in answer.to_json()
    assert Answer.from_json(answer.to_json()).ref == {}


def test_compare_lines_travel_both_ways():
    case = VECTORS["compare"]
    lines = [Compare(log, have, bytes.fromhex(hash_)) for log, have, hash_ in case["lines"]]
    assert compare.render(lines).decode() == case["text"]
    assert compare.parse(case["text"].encode()) == lines
    assert compare.digest(reversed(lines)).hex() == case["digest"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        f"{LOG} 3",
        f"{LOG} -1 {'ab' * 32}",
        f"{LOG} 1 ab",
        f"{LOG.upper()} 1 {'ab' * 32}",
        f"blob 1 {'ab' * 31}\t\t",
        f"\t\t{LOG[2:]} 1 {'ab' * 32}",
    ],
)
def test_a_line_that_makes_no_sense_is_named_by_its_number(text):
    good = f"{LOG} 1 {ONE_HASH}\n"
    with pytest.raises(Garbled, match="line 2"):
        compare.parse((good + text + "\n").encode())


def test_receipt_message_is_the_bytes_of_the_contract():
    case = VECTORS["receipt_message"]
    made = messages.receipt_message(
        case["log"], case["have"], bytes.fromhex(case["hash"]), case["inc"], case["at"]
    )
    assert made.hex() == case["bytes_hex"]


def _section(*payloads: bytes) -> Section:
    lines = [Line(chain.digest(each), each) for each in payloads]
    prev = chain.genesis(LOG)
    head = chain.fold(prev, 1, (line.digest for line in lines))[-1]
    return Section(LOG, 0, 1, prev, head, lines, "2026-11-22T21:40:00Z", 1, "1")
