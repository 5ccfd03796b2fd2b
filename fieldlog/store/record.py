"""One record with all that was ever written of it: every entry that speaks of it, in any log.

Permission is part of the question: a record of another organisation is not found. Knows no page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.filtering import KINDS
from fieldlog.store.tables import Entry, Event, Log, Quarantine
from sync import chain, records

LEVELS = 3


@dataclass(frozen=True)
class Written:
    """One entry that speaks of the record. `record` is None when its payload is gone or unreadable.

    `entry` has the columns of `entries`, `log` those of its log; `code` and `message` say why it
    stands in quarantine.
    """

    entry: sa.Row
    log: sa.Row
    record: records.Record | None
    code: str | None
    message: str | None


@dataclass(frozen=True)
class History:
    """A record: `kind` is visit or event, `row` how it now stands, `written` oldest arrival first.

    `events` are those seen during a visit.
    """

    kind: str
    row: sa.Row
    written: list[Written]
    events: list[sa.Row]

    @property
    def founding(self) -> Written:
        """The entry that the record as it stands is founded on."""
        first = [one for one in self.written if one.entry.id == self.row.entry_id]
        return first[0] if first else self.written[0]


def history(rid: bytes, orgs: tuple[str, ...]) -> History | None:
    """The record `rid` if it is one of these organisations'; else None."""
    for kind, model in KINDS.items():
        table = model.__table__
        wanted = sa.select(table).where(table.c.rid == rid, table.c.org.in_(orgs))
        row = reading().execute(wanted).first()
        if row is not None:
            return History(kind, row, _written(rid), _during(rid, orgs) if kind == "visit" else [])
    return None


def shared(rid: bytes, orgs: tuple[str, ...]) -> History | None:
    """The record `rid` as its own organisation has shown it to one of these: the record as it
    stands, nothing of how it came to be.
    """
    for kind, model in KINDS.items():
        table = model.__table__
        to_them = sa.or_(*(table.c.shared.contains(f" {org} ") for org in orgs))
        row = reading().execute(sa.select(table).where(table.c.rid == rid, to_them)).first()
        if row is not None:
            return History(kind, row, [], [])
    return None


def written_by(account: str, rids: Iterable[bytes]) -> dict[bytes, tuple[str, sa.Row]]:
    """Of these records those that the account wrote: each one's kind and row."""
    wanted, found = list(rids), {}
    for kind, model in KINDS.items():
        table = model.__table__
        asked = sa.select(table).where(table.c.rid.in_(wanted), table.c.account == account)
        found |= {row.rid: (kind, row) for row in reading().execute(asked)}
    return found


def merged_into(rids: list[bytes]) -> dict[bytes, list[bytes]]:
    """The doubles of each of these records, where there are any."""
    found: dict[bytes, list[bytes]] = {}
    for model in KINDS.values():
        there = sa.text("merged_into IS NOT NULL")
        wanted = sa.select(model.merged_into, model.rid).where(there, model.merged_into.in_(rids))
        for into, rid in reading().execute(wanted):
            found.setdefault(into, []).append(rid)
    return found


def about(rid: bytes) -> bytes | None:
    """What the entry `rid` speaks of (a correction names a visit); None if there is none."""
    return reading().scalar(sa.select(Entry.subject).where(Entry.rid == rid).limit(1))


def holds(written: Written) -> bool | None:
    """Whether the entry's place in the chain is true, computed anew; None if that can't be told."""
    before = _hash_before(written)
    if before is None or written.entry.branch:
        return None
    entry = written.entry
    if entry.payload is not None and sha256(entry.payload).digest() != entry.digest:
        return False
    return chain.link(before, entry.seq, entry.digest) == entry.hash


def _hash_before(written: Written) -> bytes | None:
    entry, log = written.entry, written.log
    if entry.seq == 1:
        return chain.genesis(log.log)
    if entry.seq - 1 == log.base:
        return log.base_hash
    return reading().scalar(
        sa.select(Entry.hash).where(
            Entry.log_id == entry.log_id, Entry.branch == 0, Entry.seq == entry.seq - 1
        )
    )


def _written(rid: bytes) -> list[Written]:
    """Entries whose subject is the record, and what speaks of those (a leave taken back)."""
    found: dict[int, Written] = {}
    asked: set[bytes] = set()
    wanted = {rid}
    for _level in range(LEVELS):
        for one in _speaking_of(wanted):
            found[one.entry.id] = one
        asked |= wanted
        wanted = {one.entry.rid for one in found.values() if one.entry.rid} - asked
        if not wanted:
            break
    return sorted(found.values(), key=lambda one: (one.entry.received_at, one.entry.id))


def _speaking_of(subjects: set[bytes]) -> list[Written]:
    entries = Entry.__table__
    chosen = sa.select(entries).where(entries.c.subject.in_(subjects)).order_by(entries.c.id)
    rows = reading().execute(chosen).all()
    logs = _by_id(Log.__table__, {row.log_id for row in rows})
    standing = _by_id(Quarantine.__table__, {row.id for row in rows})
    found = []
    for row in rows:
        held = standing.get(row.id)
        held = held if held is not None and held.released_at is None else None
        found.append(
            Written(
                row,
                logs[row.log_id],
                _read(row.payload),
                held.code if held else None,
                held.message if held else None,
            )
        )
    return found


def _read(payload: bytes | None) -> records.Record | None:
    record = None if payload is None else records.read(payload)
    return record if isinstance(record, records.Record) else None


def _by_id(table: sa.Table, ids: set[int]) -> dict[int, sa.Row]:
    key = next(iter(table.primary_key))
    rows = reading().execute(sa.select(table).where(key.in_(ids)))
    return {getattr(row, key.name): row for row in rows}


def _during(rid: bytes, orgs: tuple[str, ...]) -> list[sa.Row]:
    """Events seen during the visit, oldest first."""
    table = Event.__table__
    wanted = sa.select(table).where(sa.text("visit IS NOT NULL"), table.c.visit == rid)
    wanted = wanted.where(table.c.org.in_(orgs)).order_by(table.c.observed_at, table.c.rid)
    return reading().execute(wanted).all()
