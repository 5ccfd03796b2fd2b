"""Reference bundles: the same content the same bytes, each scope its own, the node's from above."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from fieldlog.store import bundles, categories, devices, people, places
from fieldlog.store.bundles import made
from tests.exchange import building
from tests.store.agreed import PRESENCE, promised, publish

FRIDAY = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
HERE = {
    "code": "TUR",
    "name": "Tureberg C",
    "kind": "centrumområde",
    "district": "Tureberg",
    "lat": 59.43,
    "lon": 17.95,
    "radius_m": 120,
}
THERE = {**HERE, "code": "EDS", "name": "Edsbergs torg"}
LATER = ("2026-11-20T21:00:00+01:00", "2026-11-20T21:10:00+01:00")
LOG = "00112233445566778899aabbccddeeff"


@pytest.fixture
def clock():
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def placed(clock, cast):
    places.put([HERE, THERE], FRIDAY)
    return cast


def ended(cast, number: int, start: str, end: str, place="TUR", **more) -> bytes:
    body = {
        "place": place,
        "started_at": start,
        "ended_at": end,
        "ended_by": "tap",
        "climate": "calm",
        "contacts": None,
        "nothing_observed": True,
        "note": "",
        **more.pop("body", {}),
    }
    return building.visit(cast, number, body=body, **more)


def write(client, cast, *payloads, log=LOG):
    answer = building.push(client, cast.alice, building.section(log, [], list(payloads)))
    assert answer.json["logs"][0]["q"] == []


def told(name="plan", scope="all") -> dict:
    return json.loads(bundles.bundle(name, scope)[1])


def place_of(body: dict, code: str = "TUR") -> dict:
    return next(place for place in body["places"] if place["code"] == code)


def test_the_same_content_gives_the_same_hash_whenever_it_is_made(placed, clock):
    first = [bundles.bundle(name)[0] for name in bundles.names("phone")]
    clock.shift(timedelta(minutes=5))
    assert [bundles.bundle(name)[0] for name in bundles.names("phone")] == first


def test_a_change_gives_another_hash(placed):
    before = bundles.bundle("places")[0]
    places.put([{**HERE, "name": "Tureberg centrum"}], FRIDAY)
    assert bundles.bundle("places")[0] != before


def test_places_and_categories_have_the_shape_that_phones_read(placed):
    categories.seed()
    assert told("places") == {"places": [THERE, HERE]}
    tiles = told("categories")["tiles"]
    assert len(tiles) == 9
    assert set(tiles[0]) == {"code", "sv", "en", "icon", "children"}
    assert set(tiles[0]["children"][0]) == {"code", "sv", "en", "standing"}


def test_the_plan_counts_this_weeks_visits_and_names_the_last(client, placed):
    write(
        client,
        placed,
        ended(placed, 1, "2026-11-18T20:00:00+01:00", "2026-11-18T20:10:00+01:00"),
        ended(placed, 2, "2026-11-20T20:10:00+01:00", "2026-11-20T20:25:00+01:00"),
    )
    body = told()
    assert body["week"] == "2026-W47"
    assert place_of(body) == {
        "code": "TUR",
        "target": None,
        "by": None,
        "callouts": False,
        "delivered": 2,
        "last": {"org": "polisen", "at": "2026-11-20T19:10:00Z", "minutes": 15},
    }
    there = place_of(body, "EDS")
    assert (there["target"], there["delivered"], there["last"]) == (None, 0, None)


def test_a_visit_last_week_is_the_last_one_but_not_delivered_this_week(client, placed):
    sunday_night = ended(placed, 1, "2026-11-15T23:50:00+01:00", "2026-11-16T00:20:00+01:00")
    write(client, placed, sunday_night)
    assert place_of(told())["delivered"] == 0
    assert place_of(told())["last"]["minutes"] == 30


def test_the_week_begins_on_monday_at_six_as_the_weekly_figures_do(client, placed):
    write(
        client,
        placed,
        ended(placed, 1, "2026-11-16T05:40:00+01:00", "2026-11-16T05:59:00+01:00"),
        ended(placed, 2, "2026-11-16T06:00:00+01:00", "2026-11-16T06:10:00+01:00"),
    )
    assert place_of(told())["delivered"] == 1


def test_the_plan_asks_what_is_promised_this_week_and_the_next(placed):
    promised(places=["TUR"])
    publish("commitment", "fler", PRESENCE | {"places": ["TUR", "EDS"], "visits": 2})
    change = PRESENCE | {"places": ["TUR"], "visits": 1}
    publish("commitment", "kvallar", change, since=date(2026, 11, 23))
    body = told()
    assert (place_of(body)["target"], place_of(body, "EDS")["target"]) == (5, 2)
    visits = {
        week: {code: asked["visits"] for code, asked in places.items()}
        for week, places in body["asked"].items()
    }
    assert visits == {"2026-W47": {"TUR": 5, "EDS": 2}, "2026-W48": {"TUR": 3, "EDS": 2}}


def test_only_visits_that_count_towards_what_is_asked_are_delivered(client, placed):
    promised(places=["TUR"], owner="kommunen")
    evening = ("2026-11-20T20:00:00+01:00", "2026-11-20T20:10:00+01:00")
    write(client, placed, ended(placed, 1, *evening))
    assert (place_of(told())["by"], place_of(told())["delivered"]) == (["kommunen"], 0)
    said = {"places": ["TUR"], "visits": 1, "callouts": True}
    publish("commitment", "polisen", PRESENCE | said)
    assert place_of(told())["by"] == ["kommunen", "polisen"]
    assert (place_of(told())["target"], place_of(told())["delivered"]) == (4, 1)
    callout = ended(placed, 2, *LATER, body={"kind": "callout"})
    write(client, placed, callout, log="f" * 32)
    assert place_of(told())["delivered"] == 2
    publish("commitment", "alla", PRESENCE | {"places": ["TUR"], "joint": True})
    assert place_of(told())["by"] is None


def test_two_phones_of_one_patrol_make_one_visit(client, placed):
    evening = ("2026-11-20T20:00:00+01:00", "2026-11-20T20:10:00+01:00")
    write(client, placed, ended(placed, 1, *evening), ended(placed, 2, *evening))
    assert place_of(told())["delivered"] == 1


@pytest.mark.parametrize(
    ("days", "target"), [(0, 5), (3, 3), (10, None)], ids=["now", "next week", "too old"]
)
def test_a_node_asks_what_the_centre_told_also_when_the_week_has_turned(
    placed, clock, days, target
):
    about = {"by": ["polisen"], "callouts": False}
    asked = {
        "2026-W47": {"TUR": {"visits": 5, **about}},
        "2026-W48": {"TUR": {"visits": 3, **about}},
    }
    upstream = {"as_of": "2026-11-20T21:00:00Z", "week": "2026-W47", "asked": asked, "places": []}
    bundles.apply("plan", json.dumps(upstream).encode())
    clock.shift(timedelta(days=days))
    assert place_of(told())["target"] == target


def test_call_outs_running_withdrawn_and_quarantined_visits_do_not_count(client, placed):
    evening = ("2026-11-20T20:00:00+01:00", "2026-11-20T20:10:00+01:00")
    withdrawn = ended(placed, 3, *evening)
    write(
        client,
        placed,
        ended(placed, 1, *evening, body={"kind": "callout"}),
        building.visit(placed, 2, body={"place": "TUR"}),
        withdrawn,
        building.speaking_of(placed, 4, "withdraw", rid(withdrawn), why="wrong place"),
    )
    strangers = ended(placed, 5, *evening, by=placed.bob.id)
    building.push(client, placed.alice, building.section("e" * 32, [], [strangers]))
    assert place_of(told())["delivered"] == 0
    assert place_of(told())["last"]["at"] == "2026-11-20T19:00:00Z"  # the call-out was a visit


def test_a_phone_hears_of_a_new_visit_within_half_a_minute(client, placed, monkeypatch):
    body = ended(placed, 1, "2026-11-20T20:00:00+01:00", "2026-11-20T20:10:00+01:00")
    phone, seconds = devices.by_token(placed.bob.token), [100.0]
    monkeypatch.setattr(made, "monotonic", lambda: seconds[0])
    before = bundles.refs(phone)["plan"]
    write(client, placed, body)
    seconds[0] += 10
    assert bundles.refs(phone)["plan"] == before
    seconds[0] += 25
    assert bundles.refs(phone)["plan"] != before


def test_a_node_hears_of_everything_at_once(client, placed):
    _row, token = devices.add_node("node-a")
    node = devices.by_token(token)
    before = bundles.refs(node)
    people.add_account("new", "New", "polisen", "field")
    places.put([{**HERE, "code": "NEW"}], FRIDAY)
    after = bundles.refs(node)
    assert {name for name in after if after[name] != before[name]} == {"places", "plan", "devices"}


def test_only_so_many_versions_are_kept_and_the_one_in_force_is_among_them(placed):
    from sqlalchemy import func, select

    from fieldlog.store.database import reading
    from fieldlog.store.tables import Bundle

    with time_machine.travel(FRIDAY, tick=False) as clock:
        for number in range(60):
            clock.shift(timedelta(seconds=1))
            places.put([{**HERE, "name": f"Name {number}"}], FRIDAY)
            digest, _body = bundles.bundle("places")
    kept = reading().scalar(select(func.count()).where(Bundle.name == "places"))
    assert kept == 50
    assert bundles.held("places", "all").sha256 == digest


def test_content_that_comes_back_is_the_newest_again(placed):
    first, _ = bundles.bundle("places")
    places.put([{**HERE, "name": "Other"}], FRIDAY)
    bundles.bundle("places")
    places.put([HERE], FRIDAY)
    with time_machine.travel(FRIDAY + timedelta(hours=1), tick=False):
        assert bundles.bundle("places")[0] == first
        assert bundles.held("places", "all").sha256 == first


def test_no_bundle_holds_a_password_or_a_token(placed):
    _hash, body = bundles.bundle("devices", "nodes")
    assert b"argon2" not in body
    assert placed.alice.token.encode() not in body
    assert devices.digest(placed.alice.token).hex().encode() in body


def rid(payload: bytes) -> str:
    return json.loads(payload)["rid"]
