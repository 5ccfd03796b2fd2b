"""Swedish is complete, and in step with the code."""

from fieldlog.language import CHOICES
from tools import words


def test_the_catalogue_holds_exactly_what_the_code_says():
    code, kept = ids(words.extracted()), ids(words.swedish())
    assert not code - kept, "new strings: run `python -m tools.words`, then write their Swedish"
    assert not kept - code, "strings that are gone: run `python -m tools.words`"


def test_every_string_has_its_swedish():
    assert words.untranslated(words.swedish()) == []


def test_no_translation_lost_or_made_up_a_placeholder():
    catalog = words.swedish()
    for message in catalog:
        assert [str(error) for error in message.check(catalog)] == [], message.id


def test_a_label_of_a_record_s_field_is_a_string_to_translate():
    assert "Why a new log" in ids(words.extracted())


def test_a_new_string_would_be_seen():
    """The check can fail: a string that is in no catalogue is found out."""
    assert "No such string" not in ids(words.swedish())
    catalog = words.extracted()
    catalog.add("No such string")
    assert "No such string" in words.untranslated(catalog)


def test_the_languages_are_swedish_first_then_english():
    assert list(CHOICES) == ["sv", "en"]


def ids(catalog) -> set:
    return {
        message.id if isinstance(message.id, str) else tuple(message.id)
        for message in catalog
        if message.id
    }
