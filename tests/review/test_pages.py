"""Every page of the door, as each of the cast meets it. The checking client reads each one."""

import pytest

PAGES = ("/log", "/devices", "/devices/code", "/quarantine", "/nights")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_an_evening_is_sound_in_both_languages(visitor, cast, evening, path, language):
    answer = visitor(cast.sara, language).get(path)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_an_empty_store_is_sound(visitor, cast, path):
    assert visitor(cast.sara).get(path).status_code == 200
