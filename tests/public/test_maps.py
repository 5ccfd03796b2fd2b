"""The map behind the places: open to all, by hash, by pieces, and only what is in force."""

from io import BytesIO

import pytest

from fieldlog.store import maps


@pytest.fixture
def database_url(sqlite_url):
    """Maps lie in a folder beside the SQLite database."""
    return sqlite_url


@pytest.fixture
def basemap(app) -> dict:
    return maps.put("basemap", BytesIO(b"PMTiles, and more than enough"), attribution="© Någon")


def test_a_store_without_a_map_says_so(app):
    assert app.test_client().get("/map/now.json").json == {"outline": None, "basemap": None}


def test_anyone_reads_a_basemap_whole_or_by_pieces(app, basemap):
    client = app.test_client()
    listed = client.get("/map/now.json").json["basemap"]
    assert listed["attribution"] == "© Någon"
    with client.get(listed["url"]) as whole:
        assert whole.data == b"PMTiles, and more than enough"
        assert len(whole.data) == listed["bytes"]
        assert "immutable" in whole.headers["Cache-Control"]
    with client.get(listed["url"], headers={"Range": "bytes=9-11"}) as piece:
        assert (piece.status_code, piece.data) == (206, b"and")
    assert client.get("/map/now.json").headers["Cache-Control"] == "no-cache"


def test_a_new_one_takes_the_place_of_the_one_before(app, basemap):
    client = app.test_client()
    before = client.get("/map/now.json").json["basemap"]["url"]
    maps.put("basemap", BytesIO(b"newer"))
    after = client.get("/map/now.json").json["basemap"]["url"]
    with client.get(after) as answer:
        assert answer.data == b"newer"
    assert client.get(before).status_code == 404


@pytest.mark.parametrize("name", ["now.json", "..%2Fcentre.db", "0" * 64])
def test_nothing_but_what_is_in_force_can_be_fetched(app, basemap, name):
    assert app.test_client().get(f"/map/basemap/{name}").status_code == 404
    assert app.test_client().get(f"/map/outline/{basemap['sha256']}").status_code == 404
