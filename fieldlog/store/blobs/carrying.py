"""What a node has of photos for the centre, and what it believes the centre to have.

See `sync.blobs.Holdings`, which this module is. Knows nothing of how requests travel.
"""

import sqlalchemy as sa

from fieldlog.store import identity
from fieldlog.store.blobs import place
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Blob
from sync import receipts
from sync.blobs import Held
from sync.messages import BlobReceipt, Compare
from sync.messages.compare import BLOB

_BLOBS = Blob.__table__


def lacking() -> list[Held]:
    """Photos without the centre's receipt, the longest waiting first."""
    wanted = sa.select(_BLOBS.c.sha256, _BLOBS.c.size).where(sa.text("up_sig IS NULL"))
    return [Held(*row) for row in reading().execute(wanted.order_by(_BLOBS.c.stored_at))]


def lines() -> list[Compare]:
    """A line for each photo."""
    rows = reading().execute(sa.select(_BLOBS.c.size, _BLOBS.c.sha256).order_by(_BLOBS.c.sha256))
    return [Compare(BLOB, size, sha256) for size, sha256 in rows]


def piece(photo: Held, offset: int, most: int) -> bytes:
    """The bytes from `offset` on; raises OSError."""
    return place.current().read(photo.sha256.hex(), offset, most)


def learn(photo: Held, receipt: BlobReceipt) -> bool:
    """Keep the centre's word; False, and nothing kept, if it is not the centre's."""
    key = identity.centre_key()
    if not key or not receipts.verify_blob(key, photo.sha256, photo.size, receipt):
        return False
    told = {"up_inc": receipt.inc, "up_at": receipt.at, "up_sig": receipt.sig}
    _keep(photo.sha256, **told)
    return True


def lower(sha256: bytes) -> None:
    """The centre does not have it (any more): what it said before is void."""
    _keep(sha256, up_inc=None, up_at=None, up_sig=None)


def _keep(sha256: bytes, **told: str | None) -> None:
    with writing() as session:
        session.execute(sa.update(_BLOBS).where(_BLOBS.c.sha256 == sha256).values(told))
