"""Bundles at a node: the centre's put in force, and the plan with what the centre lacks."""

import json

import pytest
from sqlalchemy import update

from fieldlog.config import Settings
from fieldlog.store import bundles, categories, devices, people, places
from fieldlog.store.database import writing
from fieldlog.store.tables import Log
from tests.exchange import building
from tests.store.test_bundles import (
    FRIDAY,
    HERE,
    LOG,
    THERE,
    clock,
    ended,
    place_of,
    told,
    write,
)
from tests.support.cast import SECRET, gather, running

__all__ = ["clock"]


@pytest.fixture
def below(new_database):
    """(cast of the centre, its bundles, the node's app in whose context we then are)."""
    with running(settings(new_database())) as _centre:
        cast = gather()
        places.put([HERE, THERE], FRIDAY)
        categories.seed()
        sent = {name: bundles.bundle(name, scope_of(name))[1] for name in bundles.names("node")}
    with running(settings(new_database(), upstream="http://centre")) as node:
        yield cast, sent, node


def settings(url: str, **more) -> Settings:
    return Settings(secret_key=SECRET, database_url=url, **more)


def apply_all(sent) -> None:
    for name, body in sent.items():
        bundles.apply(name, body)


def test_every_bundle_of_the_centre_is_in_force_at_the_node(below):
    cast, sent, _node = below
    apply_all(sent)
    assert told("places") == json.loads(sent["places"])
    assert told("categories") == json.loads(sent["categories"])
    assert devices.by_token(cast.alice.token).id == cast.alice.device
    assert people.by_id(cast.sara.id).role == "supervisor"
    assert people.by_id(cast.sara.id).password_hash is None


def test_taking_them_twice_changes_nothing(below):
    _cast, sent, _node = below
    apply_all(sent)
    before = {name: bundles.held(name).sha256 for name in sent}
    apply_all(sent)
    assert {name: bundles.held(name).sha256 for name in sent} == before


def test_a_revocation_comes_down(below):
    cast, sent, _node = below
    apply_all(sent)
    changed = json.loads(sent["devices"])
    for device in changed["devices"]:
        if device["id"] == cast.alice.device:
            device["revoked_at"] = "2026-11-20T22:00:00+00:00"
    bundles.apply("devices", json.dumps(changed).encode())
    assert devices.by_token(cast.alice.token).revoked_at is not None


def test_what_stood_in_quarantine_for_want_of_reference_is_judged_again(below):
    cast, sent, node = below
    bundles.apply("devices", sent["devices"])
    payload = building.visit(cast, 1, body={"place": "TUR"})
    client = node.test_client()
    push = building.section(LOG, [], [payload])
    answer = building.push(client, cast.alice, push).json["logs"][0]
    assert [each["code"] for each in answer["q"]] == ["unknown_place"]
    bundles.apply("places", sent["places"])
    assert building.push(client, cast.alice, push).json["logs"][0]["q"] == []


def test_the_plan_is_the_centres_and_what_the_centre_lacks(below, clock):
    cast, sent, node = below
    centres = json.loads(sent["plan"]) | {"week": "2026-W47"}
    for place in centres["places"]:
        place["delivered"] = 3
        place["last"] = {"org": "kommunen", "at": "2026-11-19T19:10:00Z", "minutes": 15}
    apply_all(sent | {"plan": json.dumps(centres).encode()})
    client = node.test_client()
    evening = ("2026-11-20T20:00:00+01:00", "2026-11-20T20:12:00+01:00")
    write(client, cast, ended(cast, 1, *evening))
    assert place_of(told())["delivered"] == 4
    assert place_of(told())["last"] == {
        "org": "polisen",
        "at": "2026-11-20T19:00:00Z",
        "minutes": 12,
    }
    assert place_of(told(), "EDS")["delivered"] == 3
    received_at_the_centre(LOG, 1)
    assert place_of(told())["delivered"] == 3


def test_a_plan_of_last_week_counts_nothing_this_week(below, clock):
    _cast, sent, _node = below
    old = json.loads(sent["plan"]) | {"week": "2026-W46"}
    for place in old["places"]:
        place["delivered"] = 3
    apply_all(sent | {"plan": json.dumps(old).encode()})
    assert place_of(told())["delivered"] == 0


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("places", b"not json"),
        ("places", b'{"tiles":[]}'),
        ("categories", b"[]"),
        ("devices", b'{"devices":[]}'),
        ("secrets", b"{}"),
    ],
)
def test_a_bundle_that_is_none_changes_nothing(below, name, body):
    _cast, sent, _node = below
    apply_all(sent)
    before = told("places"), told("categories")
    with pytest.raises(ValueError, match=r"bundle|Expecting"):
        bundles.apply(name, body)
    assert (told("places"), told("categories")) == before


def test_an_account_added_here_by_hand_makes_the_bundle_a_fault_and_not_the_night_one(below):
    cast, sent, _node = below
    people.add_org("polisen", "Polisen här", "police")
    own = people.add_account("alice", "En annan Alice", "polisen", "supervisor")
    with pytest.raises(ValueError, match="bundle devices clashes with what stands here"):
        bundles.apply("devices", sent["devices"])
    assert people.by_login("alice").id == own.id
    assert people.by_id(cast.bob.id) is None


def scope_of(name: str) -> str:
    return "nodes" if name == "devices" else "all"


def received_at_the_centre(log: str, have: int) -> None:
    """As `fieldlog sync` notes it when the centre has answered."""
    with writing() as session:
        session.execute(update(Log).where(Log.log == log).values(up_have=have))
