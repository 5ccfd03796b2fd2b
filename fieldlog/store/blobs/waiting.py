"""Which photos are here of those that records name, and which are still to come.

Counts what is named here: a phone that is silent may hold more. Knows no page.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Blob, BlobName, Entry, Log

_BLOBS, _NAMES = Blob.__table__, BlobName.__table__
_HERE = sa.select(_BLOBS.c.sha256).where(_BLOBS.c.sha256 == _NAMES.c.sha256).exists()


def here(names: Iterable[bytes]) -> dict[bytes, sa.Row]:
    """Those of these photos that are here, by their hash: kind, size, width, height."""
    wanted = sa.select(_BLOBS).where(_BLOBS.c.sha256.in_(list(names)))
    return {row.sha256: row for row in reading().execute(wanted)}


def by_device() -> dict[str, int]:
    """How many photos that a phone's records name are not here, for phones that lack any."""
    wanted = (
        sa.select(Log.device, sa.func.count(_NAMES.c.sha256.distinct()))
        .select_from(_NAMES)
        .join(Entry, Entry.id == _NAMES.c.entry_id)
        .join(Log, Log.id == Entry.log_id)
        .where(~_HERE, Log.device.is_not(None))
        .group_by(Log.device)
    )
    return dict(reading().execute(wanted).all())
