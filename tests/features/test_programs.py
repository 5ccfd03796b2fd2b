"""GDAL and OWSLib, as QGIS and scripts use them, against a store that really serves."""

from datetime import UTC, datetime, timedelta

import pyarrow
import pyogrio
import pytest
import shapely
from owslib.ogcapi.features import Features
from owslib.util import Authentication
from requests.auth import AuthBase

from fieldlog.demo import bodies
from fieldlog.store import access_tokens
from tests.review.scene import SAID, evening
from tests.support.cast import gather
from tests.support.served import Store

MANY = 25
FIRST_PAGE = 10


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A store with an evening and many visits more; Sara's token, and what was written."""
    store = Store(tmp_path_factory.mktemp("programs"), "centre")
    with store.inside():
        cast = gather()
        scene = evening(cast)
        bob = scene.phones["bob"]
        for number in range(MANY):
            at = scene.start + timedelta(minutes=5 * number)
            bob.write("visit", bodies.visit("ROT", at), at)
        bob.push()
        _id, token = access_tokens.make(cast.sara.id, "GDAL", "details", timedelta(days=1))
    store.start()
    yield store.url, token, scene
    store.stop()


@pytest.fixture
def gdal(served):
    """Reads a collection by GDAL's own driver, a few features a page."""
    url, token, _scene = served
    pyogrio.set_gdal_config_options({"GDAL_HTTP_AUTH": "BEARER", "GDAL_HTTP_BEARER": token})

    def read(collection: str, **asked):
        source = f"OAPIF:{url}/features/collections/{collection}"
        options = {"PAGE_SIZE": FIRST_PAGE, "INITIAL_REQUEST_PAGE_SIZE": FIRST_PAGE}
        return pyogrio.raw.read_arrow(source, **options, **asked)

    yield read
    pyogrio.set_gdal_config_options({"GDAL_HTTP_AUTH": None, "GDAL_HTTP_BEARER": None})


@pytest.fixture
def owslib(served):
    """OWSLib's client."""
    url, token, _scene = served
    return Features(f"{url}/features", auth=Authentication(auth_delegate=_Bearer(token)))


class _Bearer(AuthBase):
    def __init__(self, token: str):
        self.token = token

    def __call__(self, request):
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


def test_gdal_reads_every_feature_over_its_pages(gdal):
    _meta, table = gdal("visits")
    assert table.num_rows == MANY + 4
    assert len(set(table["id"].to_pylist())) == MANY + 4
    points = shapely.from_wkb([row for row in table["wkb_geometry"].to_pylist() if row])
    assert len(points) == MANY + 4
    assert all(17 < point.x < 19 and 59 < point.y < 60 for point in points)


def test_gdal_types_times_numbers_and_truths(gdal):
    _meta, table = gdal("visits")
    types = {field.name: field.type for field in table.schema}
    for name in ("started_at", "ended_at", "received_at"):
        assert pyarrow.types.is_timestamp(types[name]), (name, types[name])
    assert pyarrow.types.is_integer(types["crew"])
    assert pyarrow.types.is_boolean(types["conflict"])


def test_gdal_asks_by_box_and_keeps_the_signs_of_swedish(gdal, served):
    _meta, table = gdal("events", bbox=(17.93, 59.44, 17.934, 59.446))
    told = {row["id"]: row for row in table.to_pylist()}
    _url, _token, scene = served
    seen = told[scene.rids["event"]]
    assert (seen["place_name"], seen["note"]) == ("Häggviks station", SAID)
    assert scene.rids["standing"] not in told


def test_gdal_asks_by_time(gdal, served):
    _url, _token, scene = served
    since = (scene.start + timedelta(minutes=99)).astimezone(UTC)
    _meta, table = gdal("visits", where=f"started_at >= '{since:%Y-%m-%dT%H:%M:%SZ}'")
    assert 0 < table.num_rows < MANY
    assert min(table["started_at"].to_pylist()) >= since.replace(microsecond=0)


def test_gdal_lists_what_may_be_read(served, gdal):
    names = {str(name) for name, _kind in pyogrio.list_layers(f"OAPIF:{served[0]}/features")}
    assert names == {"visits", "events", "places"}


def test_owslib_finds_its_way_and_pages(owslib, served):
    assert owslib.feature_collections() == ["visits", "events", "places"]
    assert "/collections/visits/items" in owslib.api()["paths"]
    page = owslib.collection_items("visits", limit=FIRST_PAGE)
    assert page["numberMatched"] == MANY + 4
    assert page["numberReturned"] == FIRST_PAGE


def test_owslib_asks_by_box_and_time_and_for_one(owslib, served):
    _url, _token, scene = served
    here = owslib.collection_items("events", bbox=[17.93, 59.44, 17.934, 59.446], limit=1000)
    assert scene.rids["event"] in [one["id"] for one in here["features"]]
    until = f"{datetime.now(UTC) - timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}"
    old = owslib.collection_items("events", datetime_=f"../{until}")
    assert [one["id"] for one in old["features"]] == [scene.rids["standing"]]
    one = owslib.collection_item("visits", scene.rids["calm"])
    assert one["properties"]["place_name"] == "Häggviks station"
