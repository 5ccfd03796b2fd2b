"""A log, or a branch kept of one, as it is sent on: see `sync.ports.Source`.

Reads entries as they are asked for; knows nothing of the conversation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from fieldlog.store import identity, program
from fieldlog.store.database import reading
from fieldlog.store.tables import Branch, Entry, Log
from sync import chain
from sync.messages import Line, Via
from sync.times import stamp

_GONE = 66  # bytes on the wire of a line whose payload is gone
_AT_ONCE = 250


@dataclass(frozen=True)
class HeldSource:
    """`branch` 0 is the log itself. `hashes`: chain hashes known besides those of entries."""

    log: str
    log_id: int
    branch: int
    base: int
    head: int
    head_hash: bytes
    hashes: dict[int, bytes]
    now: str
    unsent: int
    app: str
    via: Via | None

    def hash_at(self, seq: int) -> bytes | None:
        if seq == self.head:
            return self.head_hash
        known = self.hashes.get(seq)
        return known or reading().scalar(self._entries(Entry.hash).where(Entry.seq == seq))

    def next_held(self, seq: int) -> int | None:
        if self.base < seq <= self.head:
            return seq
        return reading().scalar(self._entries(sa.func.min(Entry.seq)).where(Entry.seq >= seq))

    def lines(self, first: int, most: int, room: int) -> list[Line]:
        lines: list[Line] = []
        for seq, digest, payload in self._from(first, most):
            room -= _GONE if payload is None else len(payload) + 1
            if seq != first + len(lines) or room < 0:
                break
            lines.append(Line(digest, payload))
        return lines

    def _from(self, first: int, most: int) -> Iterator[tuple[int, bytes, bytes | None]]:
        """A few at a time: they may be large."""
        wanted = self._entries(Entry.seq, Entry.digest, Entry.payload).order_by(Entry.seq)
        for start in range(first, first + most, _AT_ONCE):
            end = min(start + _AT_ONCE, first + most)
            found = reading().execute(wanted.where(Entry.seq >= start, Entry.seq < end)).all()
            yield from found
            if len(found) < end - start:
                return

    def _entries(self, *what) -> sa.Select:
        return sa.select(*what).where(Entry.log_id == self.log_id, Entry.branch == self.branch)


def main(row: Log) -> HeldSource:
    """The log itself."""
    return HeldSource(
        log=row.log,
        log_id=row.id,
        branch=0,
        base=row.base,
        head=row.have,
        head_hash=row.hash,
        hashes={row.base: row.base_hash, 0: chain.genesis(row.log)},
        **_about(row, max(0, row.have - row.known)),
    )


def fork(row: Log, branch: Branch) -> HeldSource:
    """A branch kept of it."""
    return HeldSource(
        log=row.log,
        log_id=row.id,
        branch=branch.number,
        base=branch.first - 1,
        head=branch.head_seq,
        head_hash=branch.head,
        hashes={branch.first - 1: branch.prev},
        **_about(row, 0),
    )


def _about(row: Log, unsent: int) -> dict:
    """Our clock and count, and what we last saw of the author's.

    A log of our own has no other author, even when it is no longer the one written.
    """
    seen = None
    if row.device != identity.get().device:
        theirs = row.last_at + timedelta(seconds=row.skew_s or 0)
        seen = Via(row.device, stamp(row.last_at), stamp(theirs), row.unsent or 0, row.app or "")
    return {"now": stamp(datetime.now(UTC)), "unsent": unsent, "app": program.VERSION, "via": seen}
