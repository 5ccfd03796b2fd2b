"""A category changes by versions, its code never; what is never public by place stays so."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from fieldlog.store import categories, category_versions, versions
from fieldlog.store.category_versions import EDITED, Wrong
from fieldlog.store.database import reading
from fieldlog.store.tables import Category

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
NEW = {
    "sv": "Drönare", "en": "Drone", "focus": None, "incident": True, "route": None,
    "public": "district", "active": True, "standing": False,
}  # fmt: skip


def said(code: str, **changed) -> dict:
    row = category_versions.one(code)
    return {name: getattr(row, name) for name in EDITED} | changed


def shown(code: str) -> dict | None:
    every = [one for tile in categories.tiles() for one in (tile, *tile["children"])]
    return next((one for one in every if one["code"] == code), None)


def test_an_edit_keeps_what_stood_before_and_who_changed_it(store):
    categories.seed()
    lamp = "PLA.belysning"
    assert category_versions.edit(lamp, said(lamp, sv="Lampa trasig"), NOW, 0, why="Kortare")
    first, second = category_versions.history(lamp)
    assert (first.body["sv"], second.body["sv"]) == ("Trasig eller svag belysning", "Lampa trasig")
    assert second.why == "Kortare"
    assert shown(lamp)["sv"] == "Lampa trasig"
    assert shown(lamp)["standing"] is True


def test_saying_the_same_makes_no_version(store):
    categories.seed()
    assert not category_versions.edit("ORD.stoj", said("ORD.stoj"), NOW, 0)
    assert category_versions.history("ORD.stoj") == []


def test_two_who_edit_the_same_do_not_undo_each_other(store):
    categories.seed()
    category_versions.edit("ORD.stoj", said("ORD.stoj", sv="Stoj"), NOW, 0)
    with pytest.raises(versions.Overtaken):
        category_versions.edit("ORD.stoj", said("ORD.stoj", sv="Oljud"), NOW, 0)
    assert shown("ORD.stoj")["sv"] == "Stoj"


@pytest.mark.parametrize("code", ["NAR.handel", "PER.hot", "VAL.ran"])
def test_what_is_careful_is_never_shown_by_place(store, code):
    categories.seed()
    with pytest.raises(Wrong, match="public"):
        category_versions.edit(code, said(code, public="place"), NOW, 0)
    assert category_versions.one(code).public == "district"
    assert category_versions.edit(code, said(code, public="no"), NOW, 0)


def test_a_kind_taken_out_of_use_leaves_the_phones_and_can_come_back(store):
    categories.seed()
    category_versions.edit("ORD.stoj", said("ORD.stoj", active=False), NOW, 0)
    assert shown("ORD.stoj") is None
    later = NOW + timedelta(days=1)
    category_versions.edit("ORD.stoj", said("ORD.stoj", active=True), later, 2)
    assert shown("ORD.stoj") is not None


def test_a_new_kind_stands_last_in_its_tile(store):
    categories.seed()
    after = [tile["code"] for tile in categories.tiles()]
    assert category_versions.add("VAL", "dronare", NEW, NOW) == "VAL.dronare"
    tiles = categories.tiles()
    assert [tile["code"] for tile in tiles] == after
    assert [one["code"] for one in tiles[1]["children"]][-2:] == ["VAL.vapen", "VAL.dronare"]
    assert tiles[2]["children"][0]["code"] == "FOR.moped"
    positions = list(reading().scalars(select(Category.position)))
    assert len(set(positions)) == len(positions)
    assert len(category_versions.history("VAL.dronare")) == 1


@pytest.mark.parametrize(
    ("tile", "word", "reason"),
    [
        ("VAL", "brak", "taken"),
        ("VAL", "Bråk", "word"),
        ("VAL", "", "word"),
        ("VAL", "a" * 25, "word"),
    ],
)
def test_a_code_is_a_new_word_in_small_letters(store, tile, word, reason):
    categories.seed()
    with pytest.raises(Wrong) as refused:
        category_versions.add(tile, word, NEW, NOW)
    assert refused.value.reason == reason


def test_a_tile_has_at_most_eight_kinds_in_use(store):
    categories.seed()
    for number in range(2):
        category_versions.add("VAL", f"ny{number}", NEW, NOW)
    with pytest.raises(Wrong, match="full"):
        category_versions.add("VAL", "ny2", NEW, NOW)
    category_versions.edit("VAL.brak", said("VAL.brak", active=False), NOW, 0)
    category_versions.add("VAL", "ny2", NEW, NOW)
    with pytest.raises(Wrong, match="full"):
        category_versions.edit("VAL.brak", said("VAL.brak", active=True), NOW, 2)


def test_a_kind_goes_under_a_tile_not_under_a_kind(store):
    categories.seed()
    for above in ("VAL.brak", "NIX"):
        with pytest.raises(LookupError):
            category_versions.add(above, "ny", NEW, NOW)
