"""Finds all entries that bear on some records: theirs, and those that speak of those.

Knows nothing of what they say together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import bulk
from fieldlog.store.arrived import Arrived, Reader
from fieldlog.store.tables import Entry

_CHUNK = 1_000
_ENTRIES = Entry.__table__


class Families:
    """Entries by what they belong to: each founder's rid with all that bears on it."""

    def __init__(self, entries: Sequence[Arrived]) -> None:
        self.entries = entries
        self._about: dict[bytes, list[Arrived]] = defaultdict(list)
        for each in entries:
            self._about[each.record.subject].append(each)

    def rids(self) -> set[bytes]:
        return {each.record.rid for each in self.entries}

    def about(self, rid: bytes) -> list[Arrived]:
        """What has `rid` as its subject."""
        return self._about.get(rid, [])

    def of(self, rid: bytes) -> list[Arrived]:
        """What has `rid` as its subject, and what speaks of any of those in turn."""
        found: list[Arrived] = []
        seen, waiting = {rid}, [rid]
        while waiting:
            for each in self._about.get(waiting.pop(), ()):
                found.append(each)
                if each.record.rid not in seen:
                    seen.add(each.record.rid)
                    waiting.append(each.record.rid)
        return found


def are_alone(session: Session, batch: Sequence[Arrived]) -> tuple[set[bytes], set[bytes]]:
    """Subjects of the batch that nothing outside it bears on, and the others.

    Within the batch a rid stands once, and nothing speaks of what is itself no founder.
    """
    rids = Counter(each.record.rid for each in batch)
    subjects = Counter(each.record.subject for each in batch)
    keys = list(rids.keys() | subjects.keys())
    stored_rids = bulk.counted(session, _ENTRIES.c.rid, keys)
    stored_subjects = bulk.counted(session, _ENTRIES.c.subject, keys)
    shared = {
        key
        for key in keys
        if rids[key] > 1
        or stored_rids.get(key, 0) != rids[key]
        or stored_subjects.get(key, 0) != subjects[key]
    }
    others = set()
    for each in batch:
        rid, subject = each.record.rid, each.record.subject
        if subject in shared or rid in shared or (rid != subject and rid in subjects):
            others.update((rid, subject))
    return {subject for subject in subjects if subject not in others}, others


def gathered(session: Session, keys: Iterable[bytes], reader: Reader) -> Families:
    """All entries joined to `keys` by rid or subject, however far around."""
    found: dict[int, Arrived] = {}
    seen: set[bytes] = set()
    waiting = set(keys)
    while waiting:
        seen |= waiting
        new = _touching(session, sorted(waiting), reader)
        found |= {each.id: each for each in new if each.record}
        waiting = {
            key for each in new if each.record for key in (each.record.rid, each.record.subject)
        } - seen
    return Families(list(found.values()))


def _touching(session: Session, keys: Sequence[bytes], reader: Reader) -> list[Arrived]:
    found = []
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        for column in (Entry.rid, Entry.subject):
            wanted = sa.select(*_COLUMNS).where(column.in_(chunk))
            found += [reader.arrived(*row) for row in session.execute(wanted)]
    return found


_COLUMNS = (
    Entry.id,
    Entry.log_id,
    Entry.branch,
    Entry.seq,
    Entry.digest,
    Entry.payload,
    Entry.received_at,
)
