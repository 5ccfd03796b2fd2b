"""Many records from elsewhere, put into this store's own log, each once however often it is run.

Knows nothing of files or of who published them.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from fieldlog.store import ownlog, projection
from fieldlog.store.arrived import Reader
from fieldlog.store.database import writing
from fieldlog.store.tables import Entry
from sync import chain, ports, records

BATCH = 500


class Brought(NamedTuple):
    """A record to be written: `rid` decides whether it is here already."""

    t: str
    rid: UUID
    at: datetime
    body: dict


def bring(found: Iterable[Brought], account) -> Iterator[tuple[int, int]]:
    """Write records by `account` (id, org); yields (written, here already) after each batch.

    A batch is one transaction: an interrupted run is gone on with by running it again.
    """
    left = iter(found)
    while batch := list(islice(left, BATCH)):
        written = _write(batch, account)
        yield written, len(batch) - written


def _write(batch: list[Brought], account) -> int:
    now, reader = datetime.now(UTC), Reader()
    with writing() as session:
        asked = [one.rid.bytes for one in batch]
        held = set(session.scalars(sa.select(Entry.rid).where(Entry.rid.in_(asked))))
        new = {one.rid: one for one in batch if one.rid.bytes not in held}
        if not new:
            return 0
        ledger = ownlog.current(session, account, now, reader)
        ledger.append(_entries(ledger, new.values(), account))
        ledger.save()
    projection.project(ledger.row.id, reader)
    return len(new)


def _entries(ledger, new: Iterable[Brought], account) -> list[ports.Entry]:
    payloads = [
        records.compose(one.t, one.body, rid=one.rid, at=one.at, by=account.id, org=account.org)
        for one in new
    ]
    digests = [chain.digest(payload) for payload in payloads]
    first = ledger.have + 1
    hashes = chain.fold(ledger.hash, first, digests)
    return [
        ports.Entry(first + number, digest, hash_, payload)
        for number, (digest, hash_, payload) in enumerate(
            zip(digests, hashes, payloads, strict=True)
        )
    ]
