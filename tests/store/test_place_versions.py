"""Editing places, on both databases: versions, older names, files that are all or nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from fieldlog.data import load
from fieldlog.store import place_files, place_versions, places, versions
from fieldlog.store.changes import Refused

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
SAID = {
    "name": "Häggviks pendel", "kind": "stationsområde", "district": "Häggvik", "lat": 59.4441,
    "lon": 17.9325, "radius_m": 120, "active": True,
}  # fmt: skip


@pytest.fixture
def held(store):
    """Sollentuna's places."""
    places.import_geojson(load("sollentuna_places.geojson"), NOW - timedelta(days=1))


def test_an_edit_keeps_what_was_before_it(held):
    assert place_versions.edit("HAG", SAID, LATER, 0, why="Så heter den")
    before, after = place_versions.history("HAG")
    assert (before.body["name"], after.body) == ("Häggviks station", SAID)
    assert (before.why, after.why) == (None, "Så heter den")
    assert not place_versions.edit("HAG", SAID, LATER, 2)


def test_a_place_is_called_as_it_was_at_the_time(held):
    place_versions.edit("HAG", SAID, LATER, 0)
    editions = place_versions.history("HAG")
    assert place_versions.called(editions, NOW) == "Häggviks station"
    assert place_versions.called(editions, LATER) == "Häggviks pendel"
    assert place_versions.called([], NOW) is None


def test_an_edit_of_what_somebody_else_has_changed_is_refused(held):
    place_versions.edit("HAG", SAID, NOW, 0)
    with pytest.raises(versions.Overtaken):
        place_versions.edit("HAG", SAID | {"name": "Mitt"}, LATER, 0)
    assert place_versions.one("HAG").name == "Häggviks pendel"


def test_a_code_is_given_once(held):
    with pytest.raises(place_versions.Taken):
        place_versions.add("HAG", SAID, NOW)


def test_of_a_file_with_a_fault_nothing_is_brought_in(held):
    told = place_files.told([place_versions.one("HAG"), place_versions.one("SOC")])
    told["features"][0]["properties"]["name"] = "Annat namn"
    told["features"][1]["geometry"]["coordinates"].reverse()
    with pytest.raises(Refused) as refused:
        place_files.bring(told, NOW)
    assert [one.what for one in refused.value.changes] == ["changed", "wrong"]
    assert place_versions.one("HAG").name == "Häggviks station"
    told["features"][1]["geometry"]["coordinates"].reverse()
    assert [one.what for one in place_files.bring(told, NOW)] == ["changed", "same"]
    assert len(place_versions.history("HAG")) == 2
    assert place_versions.history("SOC") == []
