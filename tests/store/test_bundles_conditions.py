"""What is wrong at a place, told to the phones of those who saw it until it is seen fixed."""

import json

import pytest

from fieldlog.store import bundles, categories, people, places
from tests.exchange import building
from tests.store.test_bundles import FRIDAY, HERE, THERE, clock, rid, told, write
from tests.store.test_bundles_taken import apply_all, below

__all__ = ["below", "clock"]


@pytest.fixture
def placed(clock, cast):
    places.put([HERE, THERE], FRIDAY)
    categories.seed()
    return cast


def lamp(cast, number: int, **body) -> bytes:
    whole = json.loads(building.event(cast, number, []))
    whole["body"] |= {"place": "TUR", "note": "vid trappan", **body}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def conditions(org: str = "polisen") -> list[dict]:
    return told("conditions", f"org:{org}")["conditions"]


def test_a_lamp_that_is_out_is_told_without_note_and_author(client, placed):
    out = lamp(placed, 1)
    write(client, placed, out, lamp(placed, 2, category="ORD.samling"), lamp(placed, 3, place=None))
    [one] = conditions()
    assert one == {
        "rid": rid(out),
        "place": "TUR",
        "category": "PLA.belysning",
        "since": "2026-11-20T20:40:00+00:00",
        "seen": None,
    }
    assert conditions("kommunen") == []


def test_it_is_told_until_seen_fixed_and_when_it_was_last_seen(client, placed):
    out, litter = lamp(placed, 1), lamp(placed, 2, category="PLA.nedskrapning")
    still = building.speaking_of(placed, 3, "confirm", rid(out))
    fixed = building.speaking_of(placed, 4, "resolve", rid(litter))
    write(client, placed, out, litter, still, fixed)
    [one] = conditions()
    assert (one["rid"], one["seen"]) == (rid(out), json.loads(still)["at"])


def test_a_fixed_that_was_undone_leaves_it_open(client, placed):
    out = lamp(placed, 1)
    fixed = building.speaking_of(placed, 2, "resolve", rid(out))
    undo = building.speaking_of(placed, 3, "withdraw", rid(fixed), why="undo")
    write(client, placed, out, fixed, undo)
    assert [one["rid"] for one in conditions()] == [rid(out)]


def test_a_node_tells_the_centres_until_it_hears_that_they_are_fixed(below, clock):
    cast, sent, node = below
    out = lamp(cast, 1)
    centres = {"org": "polisen", "place": "TUR", "category": "PLA.belysning", "seen": None}
    known = [{**centres, "rid": rid(out), "since": "2026-11-19T20:40:00+00:00"}]
    apply_all(sent | {"conditions": json.dumps({"conditions": known}).encode()})
    assert [one["rid"] for one in conditions()] == [rid(out)]
    assert [one["org"] for one in told("conditions", "nodes")["conditions"]] == ["polisen"]
    fixed = building.speaking_of(cast, 2, "resolve", rid(out))
    write(node.test_client(), cast, fixed)
    assert conditions() == []


def test_a_phone_gets_only_its_own_organisations(client, placed):
    write(client, placed, lamp(placed, 1))
    digest, _body = bundles.bundle("conditions", "org:polisen")
    address = f"/sync/v1/ref/conditions/{digest}"
    assert client.get(address, headers=placed.bob.bearer).status_code == 200
    assert client.get(address, headers=placed.charlie.bearer).status_code == 404
    assert {org.code for org in people.orgs()} == {"polisen", "kommunen", "bolaget"}
