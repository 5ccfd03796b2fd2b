"""Which entries name which photos: a photo is taken in only if a record that is here asks for it.

Follows from the entries alone. Knows nothing of the photos' bytes.
"""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store.arrived import Arrived, Reader
from fieldlog.store.database import insert_new, reading
from fieldlog.store.tables import BlobName, Entry, Log
from sync.records import Record

_NAMES = BlobName.__table__
NAMING = ("event", "amend")
_BATCH = 1_000


def note(session: Session, arrived: Iterable[Arrived]) -> None:
    """Keep what these entries name; what is known already stays as it is."""
    rows = [
        {"sha256": sha256, "entry_id": each.id, "size": size}
        for each in arrived
        if each.record is not None and each.record.t in NAMING
        for sha256, size in of(each.record).items()
    ]
    if rows:
        session.execute(insert_new(_NAMES), rows)


def of(record: Record) -> dict[bytes, int]:
    """The photos a record names, with their sizes, in its order."""
    body = record.body.get("body", {}) if record.t == "amend" else record.body
    blobs = body.get("blobs") or ()
    sizes: dict[bytes, int] = {}
    for blob in blobs:
        sizes.setdefault(bytes.fromhex(blob["sha256"]), blob["size"])
    return sizes


def sizes(sha256: bytes, device) -> set[int]:
    """The sizes that entries of the device's logs say; a node carries what any entry names."""
    wanted = sa.select(_NAMES.c.size).where(_NAMES.c.sha256 == sha256)
    if device is not None and device.kind != "node":
        wanted = wanted.where(_of_device(device))
    return set(reading().scalars(wanted))


def by(device) -> sa.Select:
    """The photos that entries of the device's logs name, to be asked for within a question."""
    return sa.select(_NAMES.c.sha256).where(_of_device(device))


def again(session: Session) -> None:
    """Forget all names, and read them anew from the entries."""
    session.execute(sa.delete(_NAMES))
    for batch in _entries(session):
        note(session, batch)


def _of_device(device) -> sa.ColumnElement[bool]:
    named = sa.select(Entry.id).join(Log, Log.id == Entry.log_id)
    named = named.where(Entry.id == _NAMES.c.entry_id, Log.device == device.id)
    return named.exists()


def _entries(session: Session) -> Iterator[list[Arrived]]:
    wanted = sa.select(Entry).where(Entry.type.in_(NAMING)).order_by(Entry.id).limit(_BATCH)
    reader, after = Reader(), 0
    while found := session.scalars(wanted.where(Entry.id > after)).all():
        yield [reader.row(entry) for entry in found]
        after = found[-1].id
        session.expunge_all()
        reader = Reader()
