"""The page from which a client can be written shows what the program really reads and writes."""

import re
from pathlib import Path

from sync import chain, messages, rescue
from sync.messages import Answer
from tools import records_page

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "wire.md").read_text(encoding="utf-8")
PUSH, ANSWER = re.findall(r"```\n(.+?)```", PAGE, re.DOTALL)


def test_the_push_on_the_page_is_one_and_its_head_holds():
    (section,) = messages.parse([PUSH.encode()])
    digests = [line.digest for line in section.lines]
    assert chain.fold(section.prev, section.first, digests)[-1] == section.head
    assert section.prev == chain.genesis(section.log)
    assert [line.payload for line in section.lines] == [b'{"rid":"r1"}', None]


def test_the_answer_on_the_page_is_what_is_written():
    answer = Answer.from_json(ANSWER)
    assert answer.to_json().decode() == ANSWER.strip()


def test_the_page_names_every_key_of_a_header():
    via = messages.Via("d", "t", "t", 0, "1")
    (section,) = messages.parse([PUSH.encode()])
    whole = messages.Section(
        section.log, 0, 1, section.prev, section.head, section.lines, "t", 0, "1", via, section.head
    )
    header = messages.render([whole]).split(b"\n")[0].decode()
    table = PAGE.partition("| key |")[2].partition("\n\n")[0]
    assert set(re.findall(r'"(\w+)":', header)) == set(re.findall(r"`(\w+)`", table))


def test_the_register_of_records_is_fresh():
    written = records_page.PAGE.read_text(encoding="utf-8")
    assert written == records_page.page(), "run: python -m tools.records_page"


def test_the_page_tells_the_numbers_of_a_rescue_file():
    section = PAGE.partition("## A rescue file")[2].partition("\n## ")[0]
    for number in (rescue.RESCUE_MAX, rescue.CHUNK, rescue.LINE_MAX, rescue.TAG):
        assert re.search(rf"\b{number}\b", section), number
    written = rescue.head.compose(
        key="0" * 64,
        epk=b"\4" + bytes(64),
        size=1,
        about=dict.fromkeys(("device", "store", "made_at", "app"), "?"),
    )
    first = re.search(r"^`fieldlog-rescue/1 .*`$", section, re.MULTILINE)[0]
    keys = re.compile(r'"(\w+)":')
    assert keys.findall(first) == keys.findall(written.line.decode())
