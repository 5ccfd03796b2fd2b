"""A node passing on for its phones: what the centre learns of them."""

from datetime import UTC, datetime, timedelta

import pytest

from fieldlog.store import devices
from tests.exchange import building
from tests.support.cast import Member

LOG = "00112233445566778899aabbccddeeff"


@pytest.fixture
def node(cast):
    row, token = devices.add_node("node-a")
    return Member(row.id, "", "node-a", "", "", row.id, token)


def passed_on(cast, hours_ago: float, *numbers, log=LOG, **more) -> bytes:
    heard = datetime.now(UTC) - timedelta(hours=hours_ago)
    via = {
        "device": cast.alice.device,
        "received_at": heard.isoformat(),
        "now": (heard + timedelta(seconds=90)).isoformat(),
        "unsent": 4,
        "app": "0.9.0",
    }
    lines = [building.visit(cast, number) for number in numbers]
    before = [building.visit(cast, number) for number in range(1, numbers[0])]
    return building.section(log, before, lines, {"via": via, **more})


def test_the_phone_was_last_heard_when_the_node_heard_it(client, cast, node):
    assert building.push(client, node, passed_on(cast, 5, 1)).json["logs"][0]["r"] == "ok"
    phone = devices.by_token(cast.alice.token)
    assert datetime.now(UTC) - phone.last_contact_at == pytest.approx(
        timedelta(hours=5), abs=timedelta(minutes=1)
    )


def test_an_older_word_of_it_does_not_turn_its_clock_back(client, cast, node):
    building.push(client, node, passed_on(cast, 1, 1))
    building.push(client, node, passed_on(cast, 9, 2))
    phone = devices.by_token(cast.alice.token)
    assert datetime.now(UTC) - phone.last_contact_at < timedelta(hours=2)


def test_a_nodes_clock_of_tomorrow_does_not_put_the_contact_ahead(client, cast, node):
    building.push(client, node, passed_on(cast, -30, 1))
    assert devices.by_token(cast.alice.token).last_contact_at <= datetime.now(UTC)


def test_a_record_passed_on_is_judged_by_its_phone_not_by_the_node(client, cast, node):
    bobs = building.visit(cast, 1, by=cast.bob.id)
    via = {
        "device": cast.alice.device,
        "received_at": "2026-11-20T20:40:00Z",
        "now": "2026-11-20T20:40:00Z",
        "unsent": 0,
        "app": "1",
    }
    answer = building.push(client, node, building.section(LOG, [], [bobs], {"via": via}))
    assert [each["code"] for each in answer.json["logs"][0]["q"]] == ["not_allowed"]


def test_the_phone_itself_can_go_on_at_the_centre_where_the_node_left_off(client, cast, node):
    building.push(client, node, passed_on(cast, 1, 1, 2))
    body = building.section(
        LOG, [building.visit(cast, n) for n in (1, 2)], [building.visit(cast, 3)]
    )
    assert building.push(client, cast.alice, body).json["logs"][0]["have"] == 3


def test_a_node_may_push_twenty_times_as_often_as_a_phone(app, cast, node):
    from fieldlog.access import limits

    with app.test_request_context():
        from flask import g

        g.device = devices.by_token(cast.alice.token)
        phone = limits.pushes()
        g.device = devices.by_token(node.token)
        assert (phone, limits.pushes()) == ("600/minute", "12000/minute")
