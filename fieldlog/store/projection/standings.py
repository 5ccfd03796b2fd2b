"""Works out visits and events as they stand, and writes their rows.

Knows nothing of logs, watermarks or who asks.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import bulk, hooks, quarantine
from fieldlog.store.arrived import Arrived, Reader
from fieldlog.store.database import is_sqlite
from fieldlog.store.projection import judging, noted, rows
from fieldlog.store.projection.family import Families, gathered
from fieldlog.store.quarantine import RID_CONFLICT
from fieldlog.store.reference import Known
from fieldlog.store.tables import Log
from sync.standing import FOUNDING, Standing, stand

SUBJECT_LOCK = 2  # the first key of PostgreSQL's advisory locks: one number a purpose
BUCKETS = 63
_CONFLICT = "another record with this id came first"


class Rows:
    """Rows for both tables. `gone`: rids that must not stand in a table."""

    def __init__(self) -> None:
        self.standing: dict[str, dict[bytes, tuple]] = {t: {} for t in rows.TABLES}
        self.gone: dict[str, set[bytes]] = {t: set() for t in rows.TABLES}

    def add(self, standing: Standing, founding: rows.Founding, lasts: bool) -> None:
        self.standing[standing.t][standing.rid] = rows.row(standing, founding, lasts)

    def keep(self, rids: set[bytes]) -> None:
        """Forget the rows of all others."""
        for t, found in self.standing.items():
            self.standing[t] = {rid: row for rid, row in found.items() if rid in rids}

    def write(self, session: Session, how) -> None:
        """In the order of rids, so that two transactions never wait for each other in a ring."""
        stale = set() if how is bulk.insert else noted.before(session, self._touched())
        for t, table in rows.TABLES.items():
            how(session, table, [row for _, row in sorted(self.standing[t].items())])
            if self.gone[t]:
                session.execute(sa.delete(table).where(table.c.rid.in_(sorted(self.gone[t]))))
        noted.write(session, stale, noted.of(self.standing), how)
        hooks.of_events(session, self.standing["event"].values())

    def _touched(self) -> dict[str, set[bytes]]:
        return {t: self.gone[t].union(self.standing[t]) for t in rows.TABLES}


def fresh(
    made: Rows, batch: Sequence[Arrived], device: str | None, codes: dict[int, str], known: Known
) -> None:
    """Make the rows of subjects that nothing outside this batch, all of one log, bears on."""
    families = Families(batch)
    for each in batch:
        if each.record.t in FOUNDING:
            family = families.about(each.record.rid)
            if codes:
                family = [e for e in family if e is each or e.id not in codes]
            founding = rows.Founding(device, each.received_at, codes.get(each.id))
            _add(made, family, founding, known)


def insert(session: Session, made: Rows) -> bool:
    """Add new rows; False, and nothing added, if one of them stands already."""
    if is_sqlite():  # it alone writes, so what stands already is older
        made.write(session, bulk.replace)
        return True
    try:
        with session.begin_nested():
            made.write(session, bulk.insert)
    except bulk.Taken:
        return False
    return True


def again(session: Session, keys: Iterable[bytes], known: Known, reader: Reader) -> None:
    """Work out anew, from all entries there are, whatever bears on these rids."""
    lock(session, keys, reader)
    families = gathered(session, keys, reader)
    conflicts = conflicting(families)
    _quarantine_conflicts(session, families, conflicts, known)
    worked_out(session, families, conflicts, known).write(session, bulk.replace)


def lock(session: Session, keys: Iterable[bytes], reader: Reader) -> None:
    """Let one transaction at a time work on these: locks in order, so nobody waits in a ring."""
    if is_sqlite() or not keys:
        return  # the write lock on all of it is ours already
    found = gathered(session, keys, reader).entries
    rids = {rid for each in found for rid in (each.record.rid, each.record.subject)}
    for bucket in sorted({rid[-1] & BUCKETS for rid in rids}):
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(SUBJECT_LOCK, bucket)))


def conflicting(families: Families) -> list[Arrived]:
    """Entries whose rid another entry had before them with other content."""
    first: dict[bytes, Arrived] = {}
    for each in sorted(families.entries, key=_id):
        first.setdefault(each.record.rid, each)
    return [each for each in families.entries if first[each.record.rid].digest != each.digest]


def worked_out(
    session: Session, families: Families, conflicts: Sequence[Arrived], known: Known
) -> Rows:
    """The rows of every founder among these entries."""
    codes = quarantine.codes(session, map(_id, families.entries))
    devices = _devices(session, families)
    made = Rows()
    for each in conflicts:
        for gone in made.gone.values():
            gone.add(each.record.rid)
    one_each = _one_each(families, {each.id for each in conflicts}, codes)
    counting = Families([each for each, code in one_each.values() if _counts(each, code)])
    for each, code in one_each.values():
        if each.record.t in FOUNDING:
            founding = rows.Founding(devices[each.log_id], each.received_at, code)
            _add(made, counting.of(each.record.rid), founding, known)
            made.gone[each.record.t].discard(each.record.rid)
    return made


def _one_each(
    families: Families, conflicting: set[int], codes: dict[int, str]
) -> dict[bytes, tuple[Arrived, str | None]]:
    """The first entry of each rid, with a code only if all its copies have one."""
    found: dict[bytes, tuple[Arrived, str | None]] = {}
    for each in sorted(families.entries, key=_id):
        if each.id in conflicting:
            continue
        first, code = found.get(each.record.rid, (each, codes.get(each.id)))
        found[each.record.rid] = (first, code if each.id in codes else None)
    return found


def _counts(entry: Arrived, code: str | None) -> bool:
    return code is None or entry.record.t in FOUNDING


def _add(made: Rows, family: list[Arrived], founding: rows.Founding, known: Known) -> None:
    standing = stand(family)
    if standing is not None:
        if standing.amended:  # its author has put right what was wrong with the first words
            founding = founding._replace(code=None)
        lasts = standing.t == "event" and known.is_standing(standing.body["category"])
        made.add(standing, founding, lasts)


def _quarantine_conflicts(
    session: Session, families: Families, conflicts: Sequence[Arrived], known: Known
) -> None:
    """Flag these, and no longer those that were flagged before by what is now known better."""
    ids = {each.id for each in conflicts}
    codes = quarantine.codes(session, map(_id, families.entries))
    stale = [id for id, code in codes.items() if code == RID_CONFLICT and id not in ids]
    quarantine.lift(session, stale)
    judging.put_aside(session, [(each, RID_CONFLICT, _CONFLICT) for each in conflicts], known)


def _devices(session: Session, families: Families) -> dict[int, str | None]:
    logs = {each.log_id for each in families.entries}
    return dict(session.execute(sa.select(Log.id, Log.device).where(Log.id.in_(logs))).all())


def _id(entry: Arrived) -> int:
    return entry.id
