"""Red after a day without a whole night, and at once when the check found a fault."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from fieldlog.store import devices, identity, nights, overdue
from fieldlog.store.database import writing
from fieldlog.store.tables import Device, Identity, Night

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = timedelta(hours=24)


@pytest.fixture
def here(store):
    """A centre made long ago."""
    identity.ensure("c")
    made(Identity, NOW - 30 * DAY, "created_at")
    return store


def made(table, when: datetime, column: str) -> None:
    with writing() as session:
        session.execute(sa.update(table).values({column: when}))


def ran(node: str, ended: datetime, outcome: str = "ok", **detail) -> None:
    with writing() as session:
        night = {"node": node, "night": ended.date(), "started_at": ended, "finished_at": ended}
        session.add(Night(**night, outcome=outcome, detail=detail))


def red(now: datetime = NOW) -> list[tuple]:
    return [(alarm.node, alarm.kind, alarm.since) for alarm in overdue.alarms(now, "c")]


def test_a_store_is_red_a_day_after_its_last_whole_night_and_not_before(here):
    ran("c", NOW)
    assert red(NOW + DAY) == []
    assert red(NOW + DAY + timedelta(seconds=1)) == [("c", "late", NOW)]


def test_a_night_that_did_not_come_to_its_end_does_not_count(here):
    ran("c", NOW - 2 * DAY)
    ran("c", NOW, "failed")
    ran("c", NOW, "remark")
    nights.begin("c", NOW, "Europe/Stockholm")
    assert red() == [("c", "late", NOW - 2 * DAY)]


def test_a_whole_night_of_weeks_ago_is_still_named(here):
    ran("c", NOW - 20 * DAY)
    assert red() == [("c", "late", NOW - 20 * DAY)]


def test_a_night_from_the_future_excuses_nothing(here):
    ran("c", NOW + 365 * DAY)
    assert red() == [("c", "late", None)]


def test_who_never_had_a_night_is_red_a_day_after_it_was_made(here):
    ran("c", NOW)
    devices.add_node("nod-a")
    made(Device, NOW - DAY, "enrolled_at")
    assert red() == []
    assert red(NOW + timedelta(seconds=1)) == [("nod-a", "late", None)]


def test_a_revoked_node_is_not_waited_for(here):
    ran("c", NOW)
    device, _token = devices.add_node("nod-a")
    made(Device, NOW - 9 * DAY, "enrolled_at")
    devices.revoke(device.id)
    assert red() == []


def test_this_store_comes_first(here):
    for name in ("a", "z"):
        devices.add_node(name)
    made(Device, NOW - 9 * DAY, "enrolled_at")
    assert [node for node, *_ in red()] == ["c", "a", "z"]


def test_damage_is_red_at_once_and_until_a_check_finds_none(here):
    fault = "log x: entry 3 is missing"
    ran("c", NOW - timedelta(hours=3), "remark", check={"entries": 9, "faults": [fault]})
    ran("c", NOW - timedelta(hours=2))  # brought, not checked: says nothing of it
    assert red() == [("c", "damaged", NOW - timedelta(hours=3))]
    assert overdue.alarms(NOW, "c")[0].faults == (fault,)
    ran("c", NOW, check={"entries": 9, "faults": []})
    assert red() == []
