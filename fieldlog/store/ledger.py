"""One log of this store, locked inside a write transaction: what the receiver asks for.

Keeps bytes; knows nothing of what the records in them mean for visits and events.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import branches, contact, entries, logrow
from fieldlog.store.arrived import Arrived, Reader
from fieldlog.store.tables import Entry
from sync import chain, ports
from sync.messages import Section


class SqlLedger:
    """See `sync.ports.Ledger`; `save()` ends the work on it.

    `kept`: what was newly appended, as the projection wants it. `has_branches`: whether some
    branch waits to be projected. `carried`: see `logs.accept`.
    """

    def __init__(
        self,
        session: Session,
        log: str,
        pusher: str,
        now: datetime,
        reader: Reader,
        *,
        carried: bool = False,
    ) -> None:
        self.log = log
        self.kept: list[Arrived] = []
        self._session, self._pusher, self._now, self._reader = session, pusher, now, reader
        self.has_branches, self._carried = False, carried
        self.row = logrow.find(session, log, now)

    @property
    def owner(self) -> str | None:
        return self.row.device

    @property
    def base(self) -> int:
        return self.row.base

    @property
    def have(self) -> int:
        return self.row.have

    @property
    def hash(self) -> bytes:
        return self.row.hash

    def hash_at(self, seq: int) -> bytes | None:
        row = self.row
        if seq == row.have:
            return row.hash
        if seq == row.base:
            return row.base_hash
        if seq == 0:
            return chain.genesis(self.log)
        return self._session.scalar(self._main(Entry.hash).where(Entry.seq == seq))

    def missing(self, first: int, last: int) -> Iterable[int]:
        gone = self._main(Entry.seq).where(Entry.seq.between(first, last), Entry.payload.is_(None))
        return self._session.scalars(gone).all()

    def claim(self, owner: str, via: str | None) -> None:
        self.row.device, self.row.via_node = owner, via
        logrow.add(self._session, self.row)

    def append(self, new: Sequence[ports.Entry]) -> None:
        row = self.row
        self.kept += entries.add(self._session, row.id, 0, new, self._now, self._reader)
        row.have, row.hash = new[-1].seq, new[-1].hash

    def fill(self, seq: int, payload: bytes) -> None:
        found = self._session.scalars(self._main(Entry).where(Entry.seq == seq)).one()
        entries.fill(found, payload, self._reader)
        self._project_again(found)

    def fast_forward(self, base: int, prev: bytes) -> None:
        row = self.row
        row.base, row.base_hash, row.have, row.hash = base, prev, base, prev

    def keep_branch(self, apart: Sequence[ports.Entry], prev: bytes) -> bool:
        self.has_branches = True
        return branches.keep(
            self._session,
            self.row.id,
            apart,
            prev,
            self._now,
            self._reader,
            self._project_again,
        )

    def heard(self, section: Section) -> None:
        if self._carried:
            contact.carried(self._session, self.row, section)
        else:
            contact.note(self._session, self.row, section, self._pusher, self._now)

    def save(self) -> None:
        """Write the log's row back; one that was never claimed leaves no trace."""
        if self.row.id is not None:
            logrow.save_received(self._session, self.row)

    def _project_again(self, entry: Entry) -> None:
        if entry.branch == 0:
            self.row.projected = min(self.row.projected, entry.seq - 1)
        else:
            branches.project_again(self._session, self.row.id, entry.branch)

    def _main(self, *what) -> sa.Select:
        return sa.select(*what).where(Entry.log_id == self.row.id, Entry.branch == 0)
