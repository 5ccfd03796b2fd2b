"""What OGC API Features refuses: parameters that mean nothing, and whoever bears no token."""

import pytest

VISITS, PLACES = "/collections/visits/items", "/collections/places/items"


@pytest.fixture
def database_url(sqlite_url):
    """None of these asks the store for a record."""
    return sqlite_url


@pytest.fixture
def sara(program, cast):
    """Sara's program."""
    return program(cast.sara)


@pytest.mark.parametrize(
    "query",
    [
        "limits=3",
        "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3006",
        "limit=1&limit=2",
        "bbox=1,2,3",
        "bbox=1,2,3,4,5",
        "bbox=1,2,3,x",
        "bbox=nan,2,3,4",
        "bbox=10,60,11,59",
        "bbox=500,59,501,60",
        "datetime=yesterday",
        "datetime=2026-11-23",
        "datetime=2026-11-23T21:40:00",
        "datetime=..",
        "datetime=",
        "datetime=2026-11-23T21:40:00Z/2026-11-22T21:40:00Z",
        "datetime=2026-11-23T21:40:00Z/../..",
        "after=nothing",
        "after=-99999999999999999.AAAAAAAAAAAAAAAAAAAAAA",
    ],
)
def test_a_parameter_that_means_nothing_is_refused_with_a_sentence(sara, query):
    answer = sara.ask(f"/features{VISITS}?{query}")
    assert answer.status_code == 400
    assert answer.json["error"] == "bad_request"
    assert query.partition("=")[0] in answer.json["message"]


@pytest.mark.parametrize(
    "path", ["", "/conformance", "/api", "/collections", "/collections/visits"]
)
def test_no_parameter_means_anything_elsewhere(sara, path):
    assert sara.ask(f"/features{path}", limit=1).status_code == 400


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer nothing"}, {"Authorization": "Basic c2FyYTp4"}]
)
def test_without_a_token_nothing_is_told(client, cast, headers):
    for path in ("", "/api", "/conformance", "/collections", VISITS, PLACES):
        answer = client.get(f"/features{path}", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.json["error"] == "no_access"


def test_a_phone_s_token_opens_nothing_here(client, cast):
    assert client.get(f"/features{VISITS}", headers=cast.alice.bearer).status_code == 401
