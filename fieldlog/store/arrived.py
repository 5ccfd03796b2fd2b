"""An entry with what could be read of it, as it goes from the log to the projections.

Knows nothing of the database.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sync import records
from sync.records import Fault, Record


class Arrived(NamedTuple):
    """`id` is the entry's row: a lower one came first. Has what `sync.standing.Arrived` has.

    `record` is None where the payload is gone or faulty; `fault` says what is wrong with it.
    """

    id: int
    digest: bytes
    record: Record | None
    fault: Fault | None
    log_id: int
    branch: int
    seq: int
    received_at: datetime


class Reader:
    """Reads each payload once: before the lock on the log is taken, then again from memory."""

    def __init__(self) -> None:
        self._read: dict[bytes, Record | Fault] = {}

    def ahead(self, lines: Iterable[tuple[bytes, bytes | None]]) -> None:
        """Read whatever is not gone of `lines`: (digest, payload)."""
        for digest, payload in lines:
            if payload is not None:
                self._read[digest] = records.read(payload)

    def of(self, digest: bytes, payload: bytes | None) -> Record | Fault | None:
        if payload is None:
            return None
        found = self._read.get(digest)
        if found is None:
            found = self._read[digest] = records.read(payload)
        return found

    def row(self, entry) -> Arrived:
        """A row of the table of entries."""
        return self.arrived(
            entry.id,
            entry.log_id,
            entry.branch,
            entry.seq,
            entry.digest,
            entry.payload,
            entry.received_at,
        )

    def arrived(
        self,
        id: int,
        log_id: int,
        branch: int,
        seq: int,
        digest: bytes,
        payload: bytes | None,
        received_at: datetime,
    ) -> Arrived:
        read = self.of(digest, payload)
        record, fault = (None, read) if isinstance(read, Fault) else (read, None)
        return Arrived(id, digest, record, fault, log_id, branch, seq, received_at)
