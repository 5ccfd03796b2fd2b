"""`fieldlog basemap`: outlines without a network, and only a basemap that phones can draw."""

import json
from functools import partial
from pathlib import Path

import pytest
from pmtiles.tile import Compression, TileType

from fieldlog.resources import resource
from tests.support import basemap


@pytest.fixture
def placed(centre):
    centre.told("places", "import", str(resource("data/sollentuna_places.geojson")))
    return centre


@pytest.fixture
def made(tmp_path):
    """Makes a PMTiles file with one tile in it."""
    return partial(basemap.write, tmp_path / "region.pmtiles")


def test_the_outline_has_the_municipality_and_its_neighbours(placed):
    done = placed.told("basemap", "build", "sollentuna")
    assert placed.told("basemap", "show")["outline"] == done
    (file,) = folder(placed).glob("*.geojson")
    roles = {
        one["properties"]["name"]: one["properties"]["role"]
        for one in json.loads(file.read_text(encoding="utf-8"))["features"]
    }
    assert roles["Sollentuna"] == "own"
    assert roles["Järfälla"] == "near"
    assert "Malmö" not in roles


def test_an_unknown_municipality_is_refused(placed):
    done = placed("basemap", "build", "Ankeborg")
    assert (done.exit_code, "Ankeborg" in done.stderr) == (1, True)


def test_a_basemap_is_kept_as_it_is_with_its_sources_named(placed, made):
    file = made()
    done = placed.told("basemap", "import", str(file))
    assert done["attribution"] == basemap.CREDIT
    (kept,) = folder(placed).glob("*.pmtiles")
    assert kept.read_bytes() == file.read_bytes()
    assert kept.stem == done["sha256"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"tile_type": TileType.PNG}, "pictures"),
        ({"tile_compression": Compression.ZSTD}, "unpack"),
        ({"min_lon_e7": 130_000_000, "max_lon_e7": 131_000_000}, "None of the places"),
        ({"min_lon_e7": 181_000_000, "max_lon_e7": 178_000_000}, "no area"),
    ],
)
def test_what_no_phone_here_could_draw_is_refused(placed, made, changed, why):
    done = placed("basemap", "import", str(made(**changed)))
    assert done.exit_code == 1
    assert why in done.stderr
    assert placed.told("basemap", "show")["basemap"] is None


def test_a_file_that_is_cut_or_none_is_refused(placed, made):
    file = made()
    whole = file.read_bytes()
    for content, why in ((whole[:-3], "not whole"), (b"PK\3\4" * 99, "no PMTiles"), (b"", "no PM")):
        file.write_bytes(content)
        done = placed("basemap", "import", str(file))
        assert (done.exit_code, why in done.stderr) == (1, True), done.stderr


def folder(shell) -> Path:
    return Path(shell.told("basemap", "show")["in"])
