"""Categories are edited as data at the desk, and the phones' bundle follows."""

import json

import pytest

from fieldlog.store import bundles, categories, category_versions
from tests.review.promise.conftest import hidden, send

EDIT = "/categories/ORD.stoj"
SAID = {
    "sv": "Oljud", "en": "Noise", "focus": "public_places", "incident": "y", "route": "",
    "public": "place", "active": "y",
}  # fmt: skip
NEW = {**SAID, "word": "dronare", "sv": "Drönare", "public": "district"}


@pytest.fixture
def kerstin(visitor, cast):
    """The coordinator's browser, in a store with the categories it starts with."""
    categories.seed()
    return visitor(cast.kerstin)


def on_phones() -> dict[str, str]:
    tiles = json.loads(bundles.bundle("categories")[1])["tiles"]
    return {kind["code"]: kind["sv"] for tile in tiles for kind in tile["children"]}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_sound_in_both_languages(visitor, cast, language):
    categories.seed()
    reader = visitor(cast.kerstin, language)
    for path in ("/categories", EDIT, "/categories/NAR", "/categories/VAL/new"):
        assert reader.get(path).status_code == 200, path


def test_a_name_that_is_changed_reaches_the_phones_and_keeps_its_past(kerstin):
    assert send(kerstin, EDIT, **SAID, why="Kortare").status_code == 303
    assert on_phones()["ORD.stoj"] == "Oljud"
    page = kerstin.get(EDIT).text
    assert "<del>Högljutt eller störande</del>" in page
    assert "Kerstin Dahl" in page
    assert "Kortare" in page
    assert "som det var före första ändringen" in page


def test_a_new_kind_reaches_the_phones(kerstin):
    assert send(kerstin, "/categories/VAL/new", **NEW).status_code == 303
    assert on_phones()["VAL.dronare"] == "Drönare"


@pytest.mark.parametrize(
    ("path", "said", "words"),
    [
        (EDIT, {"sv": ""}, "Ge den ett namn."),
        (EDIT, {"sv": "Gatan\u202e"}, "tecken i texten som inte syns"),
        (EDIT, {"public": "everywhere"}, "giltig"),
        ("/categories/NAR.handel", {"public": "place"}, "Det här slaget visas aldrig per plats."),
        ("/categories/VAL/new", {"word": "brak"}, "Den koden finns redan"),
        ("/categories/VAL/new", {"word": "Bråk!"}, "Små bokstäver"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(kerstin, path, said, words):
    answer = send(
        kerstin, path, **(NEW if "new" in path else SAID) | {"en": "Kept as typed"} | said
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Kept as typed"' in answer.text


def test_two_who_edit_at_once_lose_nothing(kerstin):
    first = hidden(kerstin.get(EDIT).text)
    send(kerstin, EDIT, **SAID)
    answer = kerstin.post(EDIT, data=first | SAID | {"sv": "Stoj"})
    assert answer.status_code == 422
    assert "Någon annan har ändrat" in answer.text
    assert kerstin.post(EDIT, data=hidden(answer.text) | SAID | {"sv": "Stoj"}).status_code == 303
    assert [one.body["sv"] for one in category_versions.history("ORD.stoj")][1:] == [
        "Oljud",
        "Stoj",
    ]


@pytest.mark.parametrize("after", ["²", "9" * 5000, "-1", ""])
def test_a_form_that_does_not_say_what_its_writer_saw_is_one_that_is_behind(kerstin, after):
    send(kerstin, EDIT, **SAID)
    answer = kerstin.post(
        EDIT, data=hidden(kerstin.get(EDIT).text) | SAID | {"sv": "Stoj", "after": after}
    )
    assert answer.status_code == 422
    assert "Någon annan har ändrat" in answer.text


@pytest.mark.parametrize("who", ["sara", "charlie", "adam", "axel"])
def test_who_only_reads_sees_no_way_to_change(visitor, cast, who):
    categories.seed()
    reader = visitor(getattr(cast, who))
    assert "/categories/" not in reader.get("/categories").text
    assert reader.get(EDIT).status_code == 403


def test_a_field_account_is_refused(visitor, cast):
    assert visitor(cast.alice).get("/categories").status_code == 403


def test_what_is_not_there_is_not_found(kerstin):
    for path in ("/categories/NIX", "/categories/VAL.brak/new"):
        assert kerstin.get(path).status_code == 404, path
