"""Which photos are here whole, and the centre's word on them. The bytes decide, the table follows.

Knows nothing of who sends a photo or who looks at it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa

from fieldlog.store import identity
from fieldlog.store.blobs import named, picture
from fieldlog.store.blobs.place import Place
from fieldlog.store.database import insert_new, reading, writing
from fieldlog.store.tables import Blob
from sync import receipts
from sync.messages import BlobReceipt, Compare

_BLOBS = Blob.__table__
_CHUNK = 1_000  # values in one question


def whole(name: bytes, place: Place) -> sa.Row | None:
    """The row of a photo whose bytes are here, all of them; None if they are not.

    One that a crash left with its bytes and without its row gets its row here.
    """
    row, size = row_of(name), place.size(name.hex())
    if size is None:
        return None
    if row is not None:
        return row if row.size == size else None
    content = place.read(name.hex())
    found = picture.look(content)
    if found is None or sha256(content).digest() != name:
        return None
    note(name, size, found)
    return row_of(name)


def row_of(name: bytes) -> sa.Row | None:
    """What the table says."""
    return reading().execute(sa.select(_BLOBS).where(_BLOBS.c.sha256 == name)).first()


def note(name: bytes, size: int, found: picture.Picture) -> None:
    """Keep that a photo is here; durable when this returns."""
    with writing() as session:
        row = {"sha256": name, "size": size, "stored_at": datetime.now(UTC), **found._asdict()}
        session.execute(insert_new(_BLOBS), [row])


def forget(name: bytes) -> None:
    """A photo is not here any more: whoever still has it may send it again."""
    with writing() as session:
        session.execute(sa.delete(_BLOBS).where(_BLOBS.c.sha256 == name))


def lacking(lines: Sequence[Compare], device) -> list[Compare]:
    """Which of these photos are not here as they are said to be, each with the size 0.

    A phone is told only of what its own records name.
    """
    here: set[tuple[int, bytes]] = set()
    for start in range(0, len(lines), _CHUNK):
        asked = [line.hash for line in lines[start : start + _CHUNK]]
        wanted = sa.select(_BLOBS.c.size, _BLOBS.c.sha256).where(_BLOBS.c.sha256.in_(asked))
        if device.kind != "node":
            wanted = wanted.where(_BLOBS.c.sha256.in_(named.by(device)))
        here.update(tuple(row) for row in reading().execute(wanted))
    return [line._replace(have=0) for line in lines if (line.have, line.hash) not in here]


def receipt(row: sa.Row) -> BlobReceipt | None:
    """The centre's word on a photo that is here: signed now at the centre, learnt at a node."""
    if identity.role() == "centre":
        own = identity.get()
        at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return receipts.sign_blob(own.receipt_key, row.sha256, row.size, own.inc, at)
    return BlobReceipt(row.up_inc, row.up_at, row.up_sig) if row.up_sig else None
