"""A position in the form of a place: the map's script reads it as the server does."""

import json
import subprocess

import pytest

from tests.house.tree import ROOT
from tests.review.places.test_position import HERE, NOWHERE

BUNDLE = """
import { build } from "esbuild";
const { outputFiles } = await build({ entryPoints: ["static/js/map/position.js"], bundle: true,
  format: "esm", write: false });
const { read, write } = await import("data:text/javascript," +
  encodeURIComponent(outputFiles[0].text));
const texts = JSON.parse(process.argv[1]);
console.log(JSON.stringify([texts.map(read), read(write({ lat: 59.4, lon: 17.9 }))]));
"""


@pytest.fixture(scope="module")
def ours() -> tuple[list, dict]:
    run = ["node", "--input-type=module", "-e", BUNDLE, json.dumps([*HERE, *NOWHERE])]
    said = subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60)
    return json.loads(said.stdout)


def test_every_way_of_writing_is_read_alike(ours):
    here = {"lat": pytest.approx(59.444, abs=1e-5), "lon": pytest.approx(17.9326, abs=1e-5)}
    assert ours[0][: len(HERE)] == [here] * len(HERE)
    assert ours[0][len(HERE) :] == [None] * len(NOWHERE)


def test_what_the_map_writes_is_read_again(ours):
    assert ours[1] == {"lat": 59.4, "lon": 17.9}
