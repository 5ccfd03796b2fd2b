"""Places come from GeoJSON or from the centre, and are never removed."""

from datetime import UTC, datetime, timedelta

import pytest

from fieldlog.data import load
from fieldlog.store import places
from fieldlog.store.database import reading
from fieldlog.store.tables import Place

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)


def geojson(**changed) -> dict:
    """A file with one place in it."""
    properties = {"code": "EDS", "name": "Edsbergs torg", "type": "centrumområde"}
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [17.95, 59.44]},
        "properties": properties | {"district": "Edsberg", "buffer_m": 120},
    } | changed
    return {"type": "FeatureCollection", "features": [feature]}


def test_sollentunas_places_are_listed_as_phones_get_them(store):
    done = places.import_geojson(load("sollentuna_places.geojson"), NOW)
    assert done == places.Imported(added=7, changed=0, unchanged=0)
    assert [place["code"] for place in places.listed()] == [
        "HAG", "HEL", "NOR", "ROT", "SOC", "SOL", "STI",
    ]  # fmt: skip
    assert places.listed()[0] == {
        "code": "HAG",
        "name": "Häggviks station",
        "kind": "stationsområde",
        "district": "Häggvik",
        "lat": 59.444,
        "lon": 17.9326,
        "radius_m": 150,
    }


def test_a_second_import_changes_only_what_differs(store):
    places.import_geojson(load("sollentuna_places.geojson"), NOW)
    later = NOW + timedelta(days=1)
    moved = load("sollentuna_places.geojson")
    moved["features"][0]["properties"]["name"] = "Rotebro station, södra"
    done = places.import_geojson(moved, later)
    assert done == places.Imported(added=0, changed=1, unchanged=6)
    assert reading().get(Place, "ROT").updated_at == later
    assert reading().get(Place, "HAG").updated_at == NOW


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ({}, "no GeoJSON"),
        ([], "no GeoJSON"),
        ({"features": []}, "no GeoJSON"),
        (geojson(properties={"name": "x", "type": "park"}), "Feature 1 has no code"),
        (geojson(properties={"code": " ", "name": "x", "type": "y"}), "code must be text"),
        (geojson(geometry=None), "Feature 1"),
        (geojson(geometry={"type": "Polygon", "coordinates": []}), "not a Polygon"),
        (geojson(geometry={"type": "Point", "coordinates": [59.4, 179, 0]}), "not degrees"),
        (geojson(geometry={"type": "Point", "coordinates": ["a", "b"]}), "Feature 1"),
    ],
)
def test_a_file_that_is_no_list_of_places_is_refused_whole(store, document, complaint):
    with pytest.raises(places.BadPlaces, match=complaint):
        places.import_geojson(document, NOW)
    assert places.listed() == []


def test_one_bad_feature_keeps_the_good_ones_out_too(store):
    document = load("sollentuna_places.geojson")
    del document["features"][6]["properties"]["name"]
    with pytest.raises(places.BadPlaces, match="Feature 7"):
        places.import_geojson(document, NOW)
    assert places.listed() == []


def test_what_the_centre_no_longer_has_becomes_inactive_at_the_node(store):
    places.import_geojson(load("sollentuna_places.geojson"), NOW)
    kept = [place for place in places.listed() if place["code"] in ("ROT", "SOL")]
    places.replace(kept, NOW + timedelta(days=1))
    assert places.listed() == kept
    assert reading().get(Place, "HAG").active is False
    places.import_geojson(load("sollentuna_places.geojson"), NOW)
    assert len(places.listed()) == 7
