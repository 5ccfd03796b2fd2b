"""The map of the area: an outline (GeoJSON) and a basemap (PMTiles), by the hash of their bytes.

They lie in a folder, with `now.json` that says which are in force. Map data is public: nothing in
it is a record or speaks of one. Knows nothing of what is in the files.
"""

import json
import os
import shutil
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from fieldlog import config

SUFFIXES = {"outline": ".geojson", "basemap": ".pmtiles"}
NOW = "now.json"


class NoPlace(Exception):
    """This store was given no folder for maps."""


def put(kind: str, content: BinaryIO, **more: str) -> dict:
    """Put an outline or a basemap in force for the one before; returns how it is listed.

    `more` is listed beside it. Phones that are fetching the one before go on with what they have.
    """
    folder = _folder()
    if folder is None:
        raise NoPlace
    folder.mkdir(parents=True, exist_ok=True)
    now = listed()
    with NamedTemporaryFile(dir=folder, delete=False) as part:
        shutil.copyfileobj(content, part)
        _flush(part)
        part.seek(0)
        sha256 = _digest(part)
        size = part.seek(0, os.SEEK_END)
    os.replace(part.name, folder / (sha256 + SUFFIXES[kind]))
    before, now[kind] = now[kind], {"sha256": sha256, "bytes": size, **more}
    with NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as part:
        json.dump(now, part)
        _flush(part)
    os.replace(part.name, folder / NOW)
    if before and before["sha256"] != sha256:
        (folder / (before["sha256"] + SUFFIXES[kind])).unlink(missing_ok=True)
    return now[kind]


def listed() -> dict[str, dict | None]:
    """What is in force of each kind: its hash, its size and what was said of it; None without."""
    found = dict.fromkeys(SUFFIXES)
    folder = _folder()
    if folder is not None:
        with suppress(FileNotFoundError):
            found |= json.loads((folder / NOW).read_text(encoding="utf-8"))
    return found


def file(kind: str, sha256: str) -> Path | None:
    """The file in force under this hash."""
    now, folder = listed().get(kind), _folder()
    if folder is None or now is None or now["sha256"] != sha256:
        return None
    return folder / (sha256 + SUFFIXES[kind])


def outline() -> dict | None:
    """The outline in force, as GeoJSON."""
    now = listed()["outline"]
    path = now and file("outline", now["sha256"])
    return json.loads(path.read_text(encoding="utf-8")) if path else None


def _folder() -> Path | None:
    place = config.current().maps_at
    return Path(place) if place else None


def _digest(part: BinaryIO) -> str:
    return file_digest(part, "sha256").hexdigest()


def _flush(part) -> None:
    part.flush()
    os.fsync(part.fileno())
    os.chmod(part.name, 0o644)
