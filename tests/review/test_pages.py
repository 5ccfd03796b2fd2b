"""Every page of the door, as each of the cast meets it. The checking client reads each one."""

import pytest


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
