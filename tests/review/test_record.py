"""A record's page: what holds, what was ever written, and who may not see it."""

import re
from html import unescape

import pytest

from tests.review.scene import phone
from tests.review.test_log import text


def test_a_record_shows_how_it_stands_with_every_field_that_says_something(sara, evening):
    page = text(sara.get(f"/records/{evening.rid('event')}").text)
    for words in ("hotfullt beteende", "2 av 3, allvarlig", "4–10", "13–17, 18–25", "talat med"):
        assert words in page


def test_what_was_written_is_shown_as_text_whatever_it_holds(sara, evening):
    page = sara.get(f"/records/{evening.rid('event')}").text
    assert "&lt;b&gt;inte fet&lt;/b&gt;" in page
    assert "<b>inte fet" not in page


def test_a_correction_stands_side_by_side_with_what_it_corrects(sara, evening):
    page = unescape(sara.get(f"/records/{evening.rid('event')}").text)
    assert "<del>Bråk, hot, våld · bråk eller slagsmål</del>" in page
    assert "<ins>Bråk, hot, våld · hotfullt beteende</ins>" in page
    assert "<del>3 av 3, akut</del>" in page
    assert "Skäl: ”Ingen slog.”" in page
    assert "14 andra fält oförändrade" in page


def test_two_taps_are_shown_as_a_conflict_with_both_sides(sara, evening):
    page = text(sara.get(f"/records/{evening.rid('conflict')}").text)
    assert "Avslutat med två tryck" in page
    assert "lugnt" in page
    assert "oroligt" in page


def test_a_withdrawn_record_is_there_and_says_so(sara, evening):
    page = text(sara.get(f"/records/{evening.rid('gone')}").text)
    assert "Återtagen av författaren" in page
    assert "Fel plats." in page


def test_the_three_clocks_and_the_place_in_the_chain_are_told_in_words_too(sara, evening):
    page = sara.get(f"/records/{evening.rid('event')}").text
    assert re.search(r'aria-label="Observerad \d\d:\d\d, telefonen sade [\d:]+, mottagen', page)
    assert re.search(r'aria-label="Post 4 av \d+; kvittot täcker 1 till \d+"', page)
    assert "Kedjan stämmer" in page


def test_a_visit_leads_to_what_was_seen_during_it_and_back(sara, evening):
    visit, event = evening.rid("calm"), evening.rid("event")
    assert f"/records/{event}" in sara.get(f"/records/{visit}").text
    assert f"/records/{visit}" in sara.get(f"/records/{event}").text


def test_an_address_of_a_correction_leads_to_the_record_it_speaks_of(sara, cast, evening):
    writer = evening.phones["alice"]
    seen = {"ref": evening.rids["running"], "why": "Fel knapp."}
    rid = writer.write("withdraw", seen, evening.start)
    writer.push()
    answer = sara.get(f"/records/{rid}")
    assert answer.status_code == 302
    assert answer.location.endswith(evening.rid("running"))


def test_dashes_in_the_address_make_no_difference(sara, evening):
    assert sara.get(f"/records/{evening.rids['event']}").status_code == 200


@pytest.mark.parametrize("rid", ["theirs", "0" * 32, "x", "é", "00", "0" * 31])
def test_what_is_not_hers_is_not_found(sara, evening, rid):
    answer = sara.get(f"/records/{evening.rid(rid) if rid in evening.rids else rid}")
    assert answer.status_code == 404
    assert "Här finns inget som du får se" in answer.text


def test_charlie_finds_no_record_of_the_police_nor_what_speaks_of_one(visitor, cast, evening):
    charlie = visitor(cast.charlie)
    for name in ("calm", "event", "gone", "running", "lost", "afterwards", "conflict"):
        assert charlie.get(f"/records/{evening.rid(name)}").status_code == 404


def test_a_record_written_again_into_a_new_log_says_so_and_is_one(sara, cast, evening):
    writer = evening.phones["alice"]
    writer.rotate("restored")
    writer.push()
    page = text(sara.get(f"/records/{evening.rid('calm')}").text)
    assert "Skriven igen, likadan" in page


def test_a_phone_whose_clock_is_in_another_year_still_draws_its_clocks(sara, cast, evening):
    from datetime import UTC, datetime

    from fieldlog.demo import bodies

    writer = phone(cast.alice)
    at = datetime(1970, 1, 2, tzinfo=UTC)
    rid = writer.write("visit", bodies.visit("HAG", at), at)
    writer.push()
    page = sara.get(f"/records/{rid}").text
    assert "fre 2 jan 1970" in page
