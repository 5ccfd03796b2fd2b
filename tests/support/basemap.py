"""A basemap of one empty tile, for tests that need a map to be there and not what is on it."""

import gzip
from pathlib import Path

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

CREDIT = "© OpenMapTiles © OpenStreetMap"
LINKED = "<a href='x'>&copy; OpenMapTiles</a>\n <a href='y'>© OpenStreetMap</a>"
SOLLENTUNA = {"min_lon_e7": 178_000_000, "min_lat_e7": 593_000_000}
SOLLENTUNA |= {"max_lon_e7": 181_000_000, "max_lat_e7": 595_000_000}


def write(path: Path, **changed) -> Path:
    """PMTiles as `pmtiles extract` leaves them; `changed` is what its header says otherwise."""
    header = {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
        "min_zoom": 0, "max_zoom": 0, **SOLLENTUNA,
        "center_zoom": 0, "center_lon_e7": 0, "center_lat_e7": 0,
    }  # fmt: skip
    with path.open("wb") as file:
        writer = Writer(file)
        writer.write_tile(zxy_to_tileid(0, 0, 0), gzip.compress(b""))
        writer.finalize(header | changed, {"attribution": LINKED})
    return path
