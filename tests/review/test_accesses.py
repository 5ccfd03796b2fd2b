"""Who writes in the field sees who has read what one wrote, and nothing of anybody else's."""

import re

import pytest

from fieldlog.store import audit
from tests.review.test_acts import post
from tests.review.test_audit import acts
from tests.review.test_exports import export
from tests.review.test_week import text


@pytest.fixture
def alice(visitor, cast):
    return visitor(cast.alice)


def lines(client, path="/accesses") -> list[str]:
    """The page's rows as text, without their times."""
    answer = client.get(path)
    assert answer.status_code == 200
    found = re.findall(r"<tr><td.*?</td>(.*?)</tr>", answer.text, re.DOTALL)
    return [text(row) for row in found]


def test_one_s_own_records_are_told_by_who_read_which(alice, sara, visitor, cast, evening):
    assert "Ingen har läst något av ditt" in alice.get("/accesses").text
    sara.get(f"/records/{evening.rid('event')}")
    [line] = lines(alice)
    assert line.startswith("Sara Sjölund, arbetsledare Polisen Sollentuna läste en post")
    assert "Häggviks station, Bråk, hot, våld · hotfullt beteende" in line
    assert lines(visitor(cast.bob)) == []


def test_another_organisation_that_was_shown_it_is_told_too(alice, sara, visitor, cast, evening):
    rid = evening.rid("event")
    post(sara, f"/records/{rid}/share", to="kommunen", why="Samma ungdomar.")
    visitor(cast.charlie).get(f"/records/{rid}")
    told = lines(alice)
    assert told[0].startswith("Charlie Berg")
    assert any("delade en post" in line for line in told)


def test_searches_and_files_say_that_one_s_own_may_be_among_them(alice, sara, evening):
    assert export(sara, "csv").status_code == 200
    exported, searched = lines(alice)
    assert "tog ut loggen som fil" in exported
    assert re.search(r"\d poster: din organisations poster; dina kan vara bland dem", exported)
    assert "såg i loggen" in searched


def test_what_others_did_with_others_records_is_not_there(alice, visitor, cast, sara, evening):
    sara.get(f"/records/{evening.rid('afterwards')}")  # Bob's
    charlie = visitor(cast.charlie)
    charlie.get("/log")
    charlie.get(f"/records/{evening.rid('theirs')}")
    sara.get("/places")
    assert lines(alice) == []


def test_reading_it_is_written_and_is_no_access_of_one_s_own(alice, cast, evening):
    alice.get("/accesses")
    assert acts("what", "account") == [("accesses.read", cast.alice.id)]
    assert lines(alice) == []


def test_older_ones_are_a_page_further_on(alice, cast, evening):
    for _ in range(101):
        act = audit.Act("record.read", cast.sara.id, "supervisor", "polisen")
        rid = evening.rid("event")
        audit.write(audit.Act(**{**vars(act), "subject": rid, "author": cast.alice.id}))
    first = alice.get("/accesses").text
    older = re.search(r'href="(/accesses\?before=\d+)" rel="next"', first)[1]
    assert len(lines(alice)) == 100
    assert len(lines(alice, older)) == 1
    assert "Inga äldre" in alice.get(older).text


def test_it_is_the_first_room_of_who_may_see_no_other(alice):
    assert alice.get("/login").location == "/accesses"
    for path in ("/audit", "/log", "/week"):
        assert alice.get(path).status_code == 403
