"""SWEREF 99 TM against another's code, and back again."""

from itertools import product

import pytest
from pyproj import Transformer

from fieldlog.measure import sweref

SWEDEN = list(product((55.3, 57.71, 59.444, 63.8, 68.9), (11.0, 15.0, 17.9326, 24.1)))


@pytest.mark.parametrize(("lat", "lon"), SWEDEN)
def test_within_a_millimetre_of_proj(lat, lon):
    east, north = Transformer.from_crs("EPSG:4258", "EPSG:3006", always_xy=True).transform(lon, lat)
    assert sweref.from_wgs84(lat, lon) == pytest.approx((north, east), abs=0.001)


@pytest.mark.parametrize(("lat", "lon"), SWEDEN)
def test_there_and_back(lat, lon):
    assert sweref.to_wgs84(*sweref.from_wgs84(lat, lon)) == pytest.approx((lat, lon), abs=1e-8)
