"""Goes through all photos: each is here, and still has the bytes it is named by.

Knows nothing of the records, or of when it is run.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa

from fieldlog.store.blobs import kept, place
from fieldlog.store.blobs.place import NoPlace, Place
from fieldlog.store.database import reading
from fieldlog.store.tables import Blob

BATCH = 500
FOUND_MAX = 100
PARTS_LAST = timedelta(days=30)

_BLOBS = Blob.__table__


def verify(progress: Callable[[int], object] = lambda _: None, *, mend: bool = False) -> list[str]:
    """Every fault found, as a sentence; empty if all holds. `progress` is told of photos.

    `mend`: a photo that is gone or damaged is forgotten, its bytes set aside, so that whoever
    still has it (a phone, a node, a copy) sends it again; one whose row was lost in a crash gets
    it back; parts that nobody went on with for 30 days go. Otherwise nothing is changed.
    """
    try:
        here = place.current()
    except NoPlace:
        return [] if not _rows(b"") else ["photos are named, and no place for them is set"]
    found: list[str] = []
    for fault in _faults(here, progress, mend):
        found.append(fault)
        if len(found) == FOUND_MAX:
            return [*found, "… and perhaps more: the check of photos stopped here."]
    if mend:
        for name in here.names():
            kept.whole(bytes.fromhex(name), here)
        here.tidy(datetime.now(UTC) - PARTS_LAST)
    return found


def _faults(here: Place, progress: Callable[[int], object], mend: bool) -> Iterator[str]:
    after = b""
    while rows := _rows(after):
        for row in rows:
            wrong = _wrong(row, here)
            if wrong is None:
                continue
            yield f"photo {row.sha256.hex()} {wrong}"
            if mend:
                _forget(row, here)
        progress(len(rows))
        after = rows[-1].sha256


def _rows(after: bytes) -> list[sa.Row]:
    wanted = sa.select(_BLOBS.c.sha256, _BLOBS.c.size).order_by(_BLOBS.c.sha256).limit(BATCH)
    if after:
        wanted = wanted.where(_BLOBS.c.sha256 > after)
    return list(reading().execute(wanted))


def _wrong(row: sa.Row, here: Place) -> str | None:
    try:
        content = here.read(row.sha256.hex())
    except FileNotFoundError:
        return "is not here any more"
    except OSError as fault:
        return f"can't be read: {fault.strerror or fault}"
    if sha256(content).digest() != row.sha256:
        return "does not have the bytes it was taken in with"
    return None


def _forget(row: sa.Row, here: Place) -> None:
    if here.size(row.sha256.hex()) is not None:
        here.set_aside(row.sha256.hex())
    kept.forget(row.sha256)
