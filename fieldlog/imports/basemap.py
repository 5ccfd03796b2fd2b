"""Whether a file is a basemap that phones can draw: PMTiles of version 3 with vector tiles.

Reads its header and what it says of itself (extra `basemap`). Knows nothing of where it is kept.
"""

import html
import re
from dataclasses import dataclass
from pathlib import Path

# A large municipality with all its roads takes a tenth of it; a phone keeps it whole.
MOST_BYTES = 250_000_000
READABLE = ("GZIP", "NONE")


class NoBasemap(ValueError):
    """Why the file can't be used, in a sentence."""


@dataclass(frozen=True)
class Basemap:
    """What is worth telling of it. `bounds`: west, south, east, north in degrees."""

    bounds: tuple[float, float, float, float]
    zooms: tuple[int, int]
    attribution: str


def checked(path: Path, points: list[tuple[float, float]]) -> Basemap:
    """The basemap in the file, which must cover one of the points (lon, lat), if there are any.

    Raises NoBasemap; ImportError where the extra is missing.
    """
    from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported, TileType

    size = path.stat().st_size
    if size > MOST_BYTES:
        raise NoBasemap(f"It has {size} bytes and may have {MOST_BYTES}: cut out less.")
    try:
        header, told = _read(path)
    except (MagicNumberNotFound, SpecVersionUnsupported, UnicodeDecodeError, IndexError) as fault:
        raise NoBasemap("It is no PMTiles file of version 3.") from fault
    except (ValueError, OSError) as fault:  # an unknown kind or compression; broken metadata
        raise NoBasemap(f"Its header can't be read: {fault}.") from fault
    if header["tile_type"] is not TileType.MVT:
        raise NoBasemap("Its tiles are pictures: vector tiles (MVT) are needed.")
    if header["tile_compression"].name not in READABLE:
        raise NoBasemap("Its tiles are packed in a way that browsers can't unpack: use gzip.")
    if header["tile_data_offset"] + header["tile_data_length"] > size:
        raise NoBasemap("It is not whole: its end is missing.")
    if not header["tile_data_length"]:
        raise NoBasemap("There is no tile in it.")
    return _covering(_told(header, told), points)


def _read(path: Path) -> tuple[dict, dict]:
    from pmtiles.reader import Reader

    with path.open("rb") as file:

        def get(offset: int, length: int) -> bytes:
            file.seek(offset)
            return file.read(length)

        reader = Reader(get)
        return reader.header(), reader.metadata()


def _told(header: dict, told: dict) -> Basemap:
    edges = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
    bounds = tuple(header[name] / 1e7 for name in edges)
    # It may hold links and entities; the sources' names are what has to be shown.
    bare = re.sub(r"<[^>]*>", "", str(told.get("attribution") or "© OpenStreetMap"))
    attribution = " ".join(html.unescape(bare).split())
    return Basemap(bounds, (header["min_zoom"], header["max_zoom"]), attribution)


def _covering(found: Basemap, points: list[tuple[float, float]]) -> Basemap:
    west, south, east, north = found.bounds
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise NoBasemap(f"Its bounds are no area on the earth: {found.bounds}.")
    if points and not any(west <= lon <= east and south <= lat <= north for lon, lat in points):
        raise NoBasemap("None of the places that are visited lies on it.")
    return found
