"""What phones and nodes have last said of themselves, and what that leaves unknown.

A phone that is silent may hold more than it said; how far records have come is counted in
`reached`. Knows no reader: the organisations come as an argument. Knows nothing of pages.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Branch, Device, Entry, Log, Quarantine


@dataclass(frozen=True)
class Heard:
    """How many nodes are known here; how many phones, how many of them heard, and the last."""

    nodes: int
    phones: int
    phones_heard: int
    latest: datetime | None


@dataclass(frozen=True)
class Phone:
    """A phone as last heard: its row, its logs newest first, and what stands out about them.

    `gaps` are (first, last) of entries whose payload is gone here. `forks`: how often its log
    has split, by branches kept here or by the new logs it began when it saw that itself.
    """

    device: sa.Row
    logs: list[sa.Row] = field(default_factory=list)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    forks: int = 0
    quarantined: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Node:
    """A node as last heard, and how many entries came through it."""

    device: sa.Row
    logs: int
    entries: int


def heard(orgs: tuple[str, ...], since: datetime) -> Heard:
    """How much of the field these organisations' phones have let hear of itself since `since`."""
    phones = reading().execute(_devices("phone", orgs)).all()
    contacts = [phone.last_contact_at for phone in phones if phone.last_contact_at is not None]
    return Heard(
        nodes=len(reading().execute(_devices("node", None)).all()),
        phones=len(phones),
        phones_heard=sum(contact >= since for contact in contacts),
        latest=max(contacts, default=None),
    )


def phones(orgs: tuple[str, ...], *, revoked: bool = False) -> list[Phone]:
    """The phones of these organisations, those in use or those revoked."""
    devices = reading().execute(_devices("phone", orgs, revoked=revoked)).all()
    ids = [device.id for device in devices]
    logs = _grouped(_logs(ids), lambda log: log.device)
    gaps, forks, codes = _gaps(ids), _forks(ids), _codes(ids)
    return [
        Phone(
            device,
            logs[device.id],
            gaps[device.id],
            max(forks[device.id], sum(log.opened == "forked" for log in logs[device.id])),
            codes[device.id],
        )
        for device in devices
    ]


def contacts(orgs: tuple[str, ...]) -> list[sa.Row]:
    """The rows of these organisations' phones in use: when each was heard, and what it said."""
    return reading().execute(_devices("phone", orgs)).all()


def nodes() -> list[Node]:
    """Every node that is not revoked, by name."""
    devices = reading().execute(_devices("node", None)).all()
    through = sa.select(Log.via_node, sa.func.count(), sa.func.sum(Log.have)).group_by(Log.via_node)
    passed = {node: (logs, entries) for node, logs, entries in reading().execute(through)}
    return [Node(device, *passed.get(device.id, (0, 0))) for device in devices]


def _devices(kind: str, orgs: tuple[str, ...] | None, *, revoked: bool = False) -> sa.Select:
    table = Device.__table__.c
    query = sa.select(Device.__table__).where(table.kind == kind)
    query = query.where((table.revoked_at.is_not if revoked else table.revoked_at.is_)(None))
    if orgs is not None:
        query = query.where(table.org.in_(orgs))
    return query.order_by(table.name, table.id)


def _logs(devices: list[str]) -> list[sa.Row]:
    table = Log.__table__
    chosen = sa.select(table).where(table.c.device.in_(devices)).order_by(table.c.id.desc())
    return reading().execute(chosen).all()


def _codes(devices: list[str]) -> dict[str, dict[str, int]]:
    counted = (
        sa.select(Log.device, Quarantine.code, sa.func.count())
        .join(Log, Log.id == Quarantine.log_id)
        .where(sa.text("quarantine.released_at IS NULL"), Log.device.in_(devices))
        .group_by(Log.device, Quarantine.code)
    )
    found: dict = defaultdict(dict)
    for device, code, number in reading().execute(counted):
        found[device][code] = number
    return found


def _forks(devices: list[str]) -> dict[str, int]:
    counted = (
        sa.select(Log.device, sa.func.count())
        .join(Branch, Branch.log_id == Log.id)
        .where(Log.device.in_(devices))
        .group_by(Log.device)
    )
    return defaultdict(int, reading().execute(counted).all())


def _gaps(devices: list[str]) -> dict[str, list[tuple[int, int]]]:
    gone = (
        sa.select(Log.device, Log.id, Entry.seq)
        .join(Entry, Entry.log_id == Log.id)
        .where(sa.text("entries.payload IS NULL"), Log.device.in_(devices))
        .order_by(Log.id, Entry.seq)
    )
    found: dict = defaultdict(list)
    for (device, _log), rows in _grouped(reading().execute(gone), lambda row: row[:2]).items():
        found[device] += _runs(row.seq for row in rows)
    return found


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as (first, last) of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _grouped(rows: Iterable, key) -> dict:
    groups: dict = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups
