"""Categories are seeded once, then edited as data; a code lives for ever."""

from fieldlog.data import load
from fieldlog.store import categories
from fieldlog.store.database import reading
from fieldlog.store.tables import Category


def test_a_new_store_gets_nine_tiles_with_at_most_eight_kinds(store):
    assert categories.seed() == 47
    tiles = categories.tiles()
    assert [tile["code"] for tile in tiles] == [
        "ORD", "VAL", "FOR", "NAR", "SKA", "PLA", "PER", "KOM", "NIL",
    ]  # fmt: skip
    assert all(len(tile["children"]) <= 8 for tile in tiles)
    assert tiles[0]["children"][0] == {
        "code": "ORD.samling",
        "sv": "Otrygghetsskapande samling",
        "en": "Unsettling gathering",
        "standing": False,
    }
    assert tiles[8] == {"code": "NIL", "sv": "Lugnt", "en": "Calm", "icon": "calm", "children": []}


def test_a_store_that_has_categories_is_not_seeded_again(store):
    categories.seed()
    categories.replace(categories.tiles()[:2])
    assert categories.seed() == 0
    assert len(categories.tiles()) == 2


def test_what_is_known_of_a_code_outlives_an_edit_that_does_not_say_it(store):
    categories.seed()
    edited = categories.tiles()
    edited[5]["children"][0]["sv"] = "Lampa ur funktion"
    categories.replace(edited)
    lamp = reading().get(Category, "PLA.belysning")
    assert (lamp.sv, lamp.route, lamp.standing) == ("Lampa ur funktion", "fault_list", True)


def test_a_code_that_is_gone_is_kept_and_can_come_back(store):
    categories.seed()
    whole = categories.tiles()
    categories.replace(whole[1:])
    assert "ORD" not in [tile["code"] for tile in categories.tiles()]
    assert reading().get(Category, "ORD.samling").active is False
    categories.replace(whole)
    assert categories.tiles() == whole


def test_the_data_says_what_may_never_be_public_by_place():
    kinds = {c["code"]: c for t in load("categories.json")["tiles"] for c in t["children"]}
    careful = [c for c in kinds if c.startswith(("NAR.", "PER."))]
    for code in (*careful, "VAL.misshandel", "VAL.ran", "VAL.vapen"):
        assert kinds[code]["public"] == "district"


def test_what_is_to_come_and_calm_are_no_incidents():
    for tile in load("categories.json")["tiles"]:
        for row in (tile, *tile["children"]):
            assert row["incident"] is (tile["code"] not in ("KOM", "NIL"))


def test_standing_conditions_are_those_of_the_place():
    kinds = [c for t in load("categories.json")["tiles"] for c in t["children"]]
    assert {c["code"][:3] for c in kinds if c["standing"]} == {"PLA"}
