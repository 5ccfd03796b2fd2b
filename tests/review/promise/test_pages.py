"""The promise page tells what stands on a day; a thing's page who changed what, when and why."""

from datetime import UTC, date, datetime

import pytest

from tests.store.agreed import PRESENCE, WALKS, publish

PATHS = (
    "/promise", "/promise?on=2019-05-01", "/promise?on=nonsense", "/promise/agreement/avtal",
    "/promise/promise/lofte", "/promise/focus/offentliga", "/promise/commitment/kvallar",
    "/promise/source/dialog",
)  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_sound_in_both_languages(visitor, agreed, language):
    reader = visitor(agreed.kerstin, language)
    for path in PATHS:
        assert reader.get(path).status_code == 200, path


def test_the_page_says_what_each_commitment_asks(kerstin):
    page = kerstin.get("/promise").text
    assert "Medborgarlöfte" in page
    assert "3 besök i veckan, minst 15 min vart" in page
    assert "fre–lör 21:00–02:00" in page
    assert "Rotebro station" in page
    assert "Polisen Sollentuna" in page
    assert "Invånardialog i Rotebro" in page


def test_what_is_counted_is_said_as_a_count(kerstin):
    publish("commitment", "vandringar", WALKS)
    assert "2 trygghetsvandringar" in kerstin.get("/promise").text


def test_a_number_that_was_never_published_is_marked(kerstin):
    assert '<span class="tag">exempel</span>' not in kerstin.get("/promise").text
    publish("commitment", "kvallar", PRESENCE | {"examples": ["visits"]}, since=date(2026, 11, 16))
    assert '<span class="tag">exempel</span>' in kerstin.get("/promise").text


def test_another_year_shows_what_stood_then(kerstin):
    old = {"title": "Löftet 2019", "from": "2019-01-01", "to": "2019-12-31"}
    publish("promise", "aldre", old | {"follow_up": "2019-12-01"}, since=date(2019, 1, 1))
    assert "/promise?on=2019-12-31" in kerstin.get("/promise").text
    then = kerstin.get("/promise?on=2019-12-31").text
    assert "Löftet 2019" in then
    assert "Närvaro vid stationen" not in then


def test_an_empty_store_says_that_no_promise_stands(visitor, cast):
    assert "Inget löfte i kraft" in visitor(cast.sara).get("/promise").text


def test_a_thing_shows_every_version_with_who_when_and_why(kerstin, agreed):
    changed = PRESENCE | {"visits": 5}
    since = date(2026, 11, 16)
    publish("commitment", "kvallar", changed, since, by=agreed.kerstin.id, why="Fler ville det")
    page = kerstin.get("/promise/commitment/kvallar").text
    newest, oldest = page.partition("Version 2")[2].split("Version 1")
    assert "Kerstin Dahl" in newest
    assert "Fler ville det" in newest
    assert "<del>3</del>" in newest
    assert "<ins>5</ins>" in newest
    assert "gäller nu" in newest
    assert "ett kommando" in oldest


def test_a_thing_says_its_days_as_every_page_does(kerstin):
    page = kerstin.get("/promise/commitment/kvallar").text
    assert "<dd>tor 10 dec" in page
    assert "2026-12-10" not in page


def test_what_is_over_does_not_hold_now(kerstin, today):
    tag = '<span class="tag">gäller nu</span>'
    assert tag in kerstin.get("/promise/commitment/kvallar").text
    today.move_to(datetime(2027, 1, 4, 12, tzinfo=UTC))
    assert tag not in kerstin.get("/promise/commitment/kvallar").text


@pytest.mark.parametrize("who", ["sara", "charlie", "adam", "axel"])
def test_who_only_reads_sees_no_way_to_change(visitor, agreed, who):
    reader = visitor(getattr(agreed, who))
    for path in PATHS:
        page = reader.get(path)
        assert page.status_code == 200, path
        assert "/edit" not in page.text
        assert "/new" not in page.text


def test_a_field_account_is_refused(visitor, agreed):
    for path in PATHS:
        assert visitor(agreed.alice).get(path).status_code == 403


def test_drafts_are_for_who_edits_with_what_they_lack(kerstin, visitor, agreed):
    from fieldlog.store import promises
    from tests.store.agreed import NOW

    body = {"title": "Nattvandring", "form": "count"}
    promises.keep(promises.Edit("commitment", "natt", body, "draft", NOW.date()), NOW)
    page = kerstin.get("/promise").text
    assert "Nattvandring" in page
    lacks = "saknar vad det hör till, ansvarig organisation, minst ett tal, en period"
    assert lacks in page
    sara = visitor(agreed.sara)
    for path in ("/promise", "/promise/export.json", "/promise/commitment.csv"):
        assert "Nattvandring" in kerstin.get(path).text
        assert "Nattvandring" not in sara.get(path).text
    assert sara.get("/promise/commitment/natt").status_code == 404


def test_what_is_not_there_is_not_found(kerstin):
    for path in ("/promise/commitment/nix", "/promise/nix/kvallar", "/promise/nix.csv"):
        assert kerstin.get(path).status_code == 404, path
