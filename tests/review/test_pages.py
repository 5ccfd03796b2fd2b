"""Every page of the door, as each of the cast meets it. The checking client reads each one."""

import pytest

from tests.review.promise.conftest import hidden


@pytest.fixture
def database_url(new_database):
    """Both engines: every page's queries are asked of each."""
    return new_database()


WEEK = ("/week", "/week/2026-W40", "/actions", "/effect", "/effect?place=HAG&other=ROT")
PROMISE = ("/promise", "/categories")
PAGES = (
    "/log",
    "/devices",
    "/devices/code",
    "/access-tokens",
    "/hooks",
    "/quarantine",
    "/messages",
    "/nights",
    *WEEK,
    *PROMISE,
)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_of_an_evening_is_sound_in_both_languages(visitor, cast, evening, language):
    reader = visitor(cast.sara, language)
    records = [f"/records/{evening.rid(name)}" for name in evening.rids if name != "theirs"]
    for path in (*PAGES, *records, "/log?category=VAL&place=HAG&day=2026-11-22"):
        answer = reader.get(path)
        assert answer.status_code == 200, path
        assert f'<html lang="{language}">' in answer.text


def test_every_page_of_an_empty_store_is_sound(visitor, cast):
    for path in PAGES:
        assert visitor(cast.sara).get(path).status_code == 200, path


BEYOND = 2**63
ODD = (
    f"/audit?before={BEYOND}",
    f"/quarantine?after={BEYOND}",
    f"/log/news?since={BEYOND}",
    f"/week/2026-W40/news?since={BEYOND}",
    f"/actions/{2**31}",
    "/log?day=9999-12-31",
    "/log?week=9999-W52",
    "/log?place=%00",
    "/log?phone=a%00b",
    "/places/a%00b",
)


def test_an_address_that_no_database_can_look_up_is_no_fault_of_the_server(visitor, cast):
    sara = visitor(cast.sara)
    for path in ODD:
        assert sara.get(path).status_code in (200, 400, 404), path
    assert visitor(cast.alice).get(f"/accesses?before={BEYOND}").status_code == 200


def test_a_form_with_a_zero_byte_is_refused_before_it_reaches_the_store(visitor, cast):
    sara = visitor(cast.sara)
    form = hidden(sara.get("/messages").text) | {
        "to": "org:polisen",
        "kind": "word",
        "text": "a\0b",
    }
    assert sara.post("/messages", data=form).status_code == 400
    assert visitor().post("/login", data={"login": "a\0b", "password": "x"}).status_code == 400
