"""SWEREF 99 TM as the map writes it: the same metres as pyproj's, from Smygehuk to Treriksröset."""

import json
import subprocess

import pytest
from pyproj import Transformer

from tests.house.tree import ROOT

PLACES = {
    "Häggviks station": (17.9326, 59.444),
    "Smygehuk": (13.3594, 55.3369),
    "Treriksröset": (20.5486, 69.06),
    "Haparanda": (24.1369, 65.8355),
    "Stora Drammen": (10.9631, 58.9247),
    "the zone's middle": (15.0, 62.0),
}
# As the build makes it: one file, from the parts of proj4 that the map takes along.
BUNDLE = """
import { build } from "esbuild";
const { outputFiles } = await build({ entryPoints: ["static/js/map/sweref.js"], bundle: true,
  format: "esm", write: false });
const { sweref, written } = await import("data:text/javascript," +
  encodeURIComponent(outputFiles[0].text));
const places = JSON.parse(process.argv[1]);
console.log(JSON.stringify(places.map((at) => [sweref(...at), written(sweref(...at))])));
"""


@pytest.fixture(scope="module")
def ours() -> dict:
    run = ["node", "--input-type=module", "-e", BUNDLE, json.dumps(list(PLACES.values()))]
    said = subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60)
    return dict(zip(PLACES, json.loads(said.stdout), strict=True))


@pytest.mark.parametrize("name", PLACES)
def test_a_millimetre_is_the_most_it_differs(ours, name):
    east, north = Transformer.from_crs(4326, 3006, always_xy=True).transform(*PLACES[name])
    assert ours[name][0]["n"] == pytest.approx(north, abs=0.001)
    assert ours[name][0]["e"] == pytest.approx(east, abs=0.001)


def test_it_is_written_in_whole_metres_as_on_swedish_maps(ours):
    assert ours["Häggviks station"][1].replace("\xa0", " ") == "N 6 593 159 E 666 275"
