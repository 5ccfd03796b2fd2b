"""Makes a copy of the running store, and keeps only so many of them.

Knows what belongs to a copy; knows neither the engines' tools nor the file's shape.
"""

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from fieldlog.store import blobs, identity, schema
from fieldlog.store.backup import archive
from fieldlog.store.backup.place import Place
from fieldlog.store.backup.postgres import Database
from fieldlog.store.backup.sqlite import File
from fieldlog.store.blobs import place as photos_at

ENDING = ".fieldlog.tar"
STAMP = "%Y%m%dT%H%M%SZ"


def place(url: str, now: datetime) -> Place:
    """The database at `url` as something to copy or to replace."""
    kind = File if sa.make_url(url).get_backend_name() == "sqlite" else Database
    return kind(url, now.strftime(STAMP))


def make(
    where: Path,
    url: str,
    now: datetime,
    *,
    photos: bool = True,
    progress: Callable[[int, int], object] = lambda *_: None,
) -> dict:
    """Copy this store to the file `where`, or into it if it is a folder; what the copy says.

    The database comes first: a photo named in it is in its place already.
    """
    to = where / _name(now) if where.is_dir() else where
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=".copying-") as folder:
        dumped = Path(folder) / "database"
        here = place(url, now)
        about = _about(here, now)
        here.dump(dumped, progress)
        archive.write(to, about, dumped, _photos() if photos else ())
    return {"file": str(to), "bytes": to.stat().st_size, **about}


def prune(folder: Path, most: int) -> list[str]:
    """Delete this store's oldest copies in the folder, all but `most`; the names deleted."""
    copies = sorted(folder.glob(f"{_safe(identity.get().name)}-*{ENDING}"))
    gone = copies[:-most] if most else []
    for file in gone:
        file.unlink()
    return [file.name for file in gone]


def _about(here: Place, now: datetime) -> dict:
    own = identity.get()
    return {
        "store": own.name,
        "role": identity.role(),
        "device": own.device,
        "inc": own.inc,
        "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "engine": here.kind,
        "schema": schema.current(),
    }


def _photos() -> Iterator[tuple[str, bytes]]:
    try:
        held = photos_at.current()
    except blobs.NoPlace:
        return
    for name in held.names():
        yield name, held.read(name)


def _name(now: datetime) -> str:
    return f"{_safe(identity.get().name)}-{now.astimezone(UTC).strftime(STAMP)}{ENDING}"


def _safe(name: str) -> str:
    """As a file may be called; the stamp that follows has no hyphen."""
    return "".join(letter if letter.isalnum() else "_" for letter in name.lower())
