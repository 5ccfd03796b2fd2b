"""What is told of a log beside have and hash: quarantine, the centre's receipt, differences.

Knows no rule by which sections are taken.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa

from fieldlog.store import identity, quarantine
from fieldlog.store.database import reading
from fieldlog.store.tables import Branch, Entry, Log
from sync import chain, receipts
from sync.messages import Compare, Quarantined, Result, Up

_CHUNK = 1_000  # values in one question: every database takes so many


def complete(result: Result, log_id: int | None, now: datetime) -> Result:
    """Add what stands in quarantine, and what the centre is known to have.

    Of a log it does not know the centre says so, signed: older receipts are void then.
    """
    if result.r == "not_yours":
        return replace(result, have=0, hash=chain.genesis(result.log))
    q = () if log_id is None else quarantine.of_log(log_id)
    if identity.role() == "centre":
        return replace(result, q=q, up=_own_receipt(result, q, now))
    return replace(result, q=q, up=None if log_id is None else _learnt_receipt(log_id))


def _own_receipt(result: Result, q: tuple[Quarantined, ...], now: datetime) -> Up:
    """The centre describes itself, signed."""
    own = identity.get()
    at = now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    sig = receipts.sign(own.receipt_key, result.log, result.have, result.hash, own.inc, at)
    return Up(result.r, result.have, result.hash, own.inc, at, sig, q)


def _learnt_receipt(log_id: int) -> Up | None:
    row = reading().get_one(Log, log_id)
    if row.up_sig is None:
        return None
    q = tuple(Quarantined(**each) for each in row.up_q or ())
    return Up(row.up_r, row.up_have, row.up_hash, row.up_inc, row.up_at, row.up_sig, q)


def of_device(device) -> sa.ColumnElement[bool]:
    """Logs that are this device's or came through it."""
    return sa.or_(Log.device == device.id, Log.via_node == device.id)


def ends(which: sa.ColumnElement[bool]) -> list[Compare]:
    """Where the chosen logs and their branches end."""
    main = sa.select(Log.log, Log.have, Log.hash).where(which)
    apart = (
        sa.select(Log.log, Branch.head_seq, Branch.head)
        .join(Branch, Branch.log_id == Log.id)
        .where(which)
    )
    found = [*reading().execute(main), *reading().execute(apart)]
    return [Compare(*row) for row in found]


def differences(lines: list[Compare], device) -> list[Compare]:
    """See `logs.compare`."""
    mine = _ends_to_compare({line.log for line in lines}, device)
    here = set(mine)
    main = {end.log: end for end in reversed(mine)}  # a log's own end comes before its branches'
    said = defaultdict(set)
    for line in lines:
        said[line.log].add((line.have, line.hash))
    unknown = [line.log for line in lines if line not in here and not _holds(line, device)]
    unsaid = [end for end in mine if (end.have, end.hash) not in said[end.log]]
    ours = [main.get(log) or Compare(log, 0, chain.genesis(log)) for log in unknown]
    return list(dict.fromkeys([*ours, *unsaid]))


def _ends_to_compare(named: set[str], device) -> list[Compare]:
    """Ends of all that came from or through the device; a node may name others' logs too."""
    found = ends(of_device(device))
    if device.kind != "node":
        return found
    others = sorted(named - {end.log for end in found})
    for start in range(0, len(others), _CHUNK):
        found += ends(Log.log.in_(others[start : start + _CHUNK]))
    return found


def _holds(line: Compare, device) -> bool:
    """Whether we have this very entry, in the log or in a branch: then also all before it."""
    if line.have == 0:
        return line.hash == chain.genesis(line.log)
    held = (
        sa.select(sa.true())
        .select_from(Entry)
        .join(Log, Log.id == Entry.log_id)
        .where(Log.log == line.log, Entry.seq == line.have, Entry.hash == line.hash)
    )
    if device.kind != "node":
        held = held.where(of_device(device))
    return bool(reading().scalar(held.limit(1)))
