"""The rows of rescue files that came here. Knows nothing of what is in a file."""

from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa

from fieldlog.store.database import insert_new, reading, writing
from fieldlog.store.tables import Rescue
from sync.rescue import Head, Newer

# So long a node keeps what the centre has signed for: longer than between the centre's backups.
RETENTION = timedelta(hours=72)


def keep(content: bytes, head: Head | None, carrier: str, now: datetime) -> str:
    """Keep a file for good until it is settled; its SHA-256. One that was here waits anew.

    `head`: None for a version not known here, which somebody else may know.
    """
    digest = sha256(content).hexdigest()
    row = {
        "sha256": digest,
        "device": head.device if head else "",
        "carrier": carrier,
        "made_at": head.made_at if head else "",
        "received_at": now,
        "size": len(content),
        "state": "waiting",
        "file": content,
    }
    with writing() as session:
        session.execute(insert_new(Rescue), [row])
        again = {"state": "waiting", "file": content}
        session.execute(sa.update(Rescue).where(Rescue.sha256 == digest).values(again))
    return digest


def of(digest: str) -> Rescue | None:
    """The row of a file."""
    return reading().get(Rescue, digest)


def file(digest: str) -> bytes | None:
    """The file itself, as long as it is held."""
    return reading().scalar(sa.select(Rescue.file).where(Rescue.sha256 == digest))


def held_bytes() -> int:
    """How much room the files here take."""
    sizes = sa.select(sa.func.coalesce(sa.func.sum(Rescue.size), 0))
    return reading().scalar(sizes.where(Rescue.file.is_not(None)))


def waiting(inc: str | None = None) -> list[str]:
    """Files that the centre has not signed for, oldest first.

    `inc`: the centre's life now; what an earlier one signed for waits again while it is held. So
    does what was too new for it: it may have been updated since.
    """
    columns = (Rescue.sha256, Rescue.state, Rescue.code, Rescue.told)
    held = sa.select(*columns).where(Rescue.file.is_not(None))
    rows = reading().execute(held.order_by(Rescue.received_at, Rescue.sha256)).all()
    return [row.sha256 for row in rows if _waits(row) or _is_void(row, inc)]


def taken(digest: str, told: dict, now: datetime, *, hold: bool = True) -> None:
    """The centre has taken it. `hold`: the file itself stays, for a while or for good."""
    values = {"state": "taken", "code": None, "settled_at": now, "told": told}
    _settle(digest, values if hold else {**values, "file": None})


def refused(digest: str, code: str, now: datetime) -> None:
    """The centre would not take it. It stays here until somebody has looked at it."""
    _settle(digest, {"state": "refused", "code": code, "settled_at": now})


def let_go(now: datetime) -> None:
    """At a node: drop the bytes of files that the centre signed for long enough ago."""
    ripe = (Rescue.state == "taken") & (Rescue.settled_at < now - RETENTION)
    with writing(durable=False) as session:
        session.execute(sa.update(Rescue).where(ripe, Rescue.file.is_not(None)).values(file=None))


def recent(limit: int = 10) -> list[Rescue]:
    """The files that came last, newest first, without their bytes."""
    wanted = sa.select(Rescue).order_by(Rescue.received_at.desc()).limit(limit)
    return list(reading().scalars(wanted.options(sa.orm.defer(Rescue.file))))


def _waits(row: sa.Row) -> bool:
    return row.state == "waiting" or row.code == Newer.code


def _is_void(row: sa.Row, inc: str | None) -> bool:
    return inc is not None and row.state == "taken" and (row.told["up"] or {}).get("inc") != inc


def _settle(digest: str, values: dict) -> None:
    with writing() as session:
        session.execute(sa.update(Rescue).where(Rescue.sha256 == digest).values(values))
