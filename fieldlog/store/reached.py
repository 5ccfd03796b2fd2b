"""How many records have reached phone, node and centre: the one source of every such count.

Of a period: what was founded in it and is here, what stands in quarantine of it, and, while it
runs, what phones and nodes last said that they still hold. Knows no reader and no page.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Device, Entry, Event, Log, Quarantine, Visit

ROWS = (Visit, Event)
NOT_YET = "…"  # no code of a record: here, and without the centre's receipt


@dataclass(frozen=True)
class Period:
    """[since, until); `until` None: it runs still."""

    since: datetime
    until: datetime | None = None

    def holds(self, column) -> list:
        """The conditions that a time is in it."""
        after = [column >= self.since]
        return after if self.until is None else [*after, column < self.until]


@dataclass(frozen=True)
class Reached:
    """Records by how far they have come. None: nobody has told, which is not 0.

    `phones` ≥ `nodes` ≥ `centre` + `quarantined`. What waits elsewhere is counted in entries, as
    phones and nodes report it, and is in the period that runs.
    """

    phones: int | None = None
    nodes: int | None = None
    centre: int = 0
    quarantined: dict[str, int] = field(default_factory=dict)

    @property
    def in_quarantine(self) -> int:
        return sum(self.quarantined.values())


@dataclass(frozen=True)
class _Told:
    """What a phone has last said, and what a node has of it that is not here."""

    device: str
    org: str
    heard: datetime | None
    on_phone: int
    at_node: int
    relayed: bool

    def was_heard_after(self, moment: datetime) -> bool:
        return self.heard is not None and self.heard >= moment


@dataclass(frozen=True)
class _Here:
    """So many records of a phone that are here, by their code (None: whole, or NOT_YET)."""

    device: str | None
    org: str
    code: str | None
    number: int


Key = Callable[[_Told | _Here], object]


def of(
    orgs: tuple[str, ...],
    period: Period,
    *,
    at_centre: bool,
    only: tuple[str, ...] | None = None,
) -> Reached:
    """All of these organisations together; `only`: of these phones."""
    found = _grouped(orgs, period, at_centre, lambda _: 0, only)
    return found.get(0) or Reached()


def by_org(orgs: tuple[str, ...], period: Period, *, at_centre: bool) -> dict[str, Reached]:
    """Each organisation that has a phone or a record."""
    return _grouped(orgs, period, at_centre, lambda each: each.org)


def by_device(orgs: tuple[str, ...], period: Period, *, at_centre: bool) -> dict[str, Reached]:
    """Each of their phones, by its id."""
    return _grouped(orgs, period, at_centre, lambda each: each.device)


def in_quarantine(orgs: tuple[str, ...]) -> dict[str, int]:
    """What stands in quarantine of theirs, whenever it was written, by code."""
    counted = (
        sa.select(Quarantine.code, sa.func.count())
        .join(Log, Log.id == Quarantine.log_id)
        .join(Device, Device.id == Log.device)
        .where(sa.text("quarantine.released_at IS NULL"), Device.org.in_(orgs))
        .group_by(Quarantine.code)
    )
    return dict(reading().execute(counted).all())


def devices_through(node: str) -> tuple[str, ...]:
    """The phones whose logs this node has passed on."""
    asked = sa.select(Log.device).where(Log.via_node == node, Log.device.is_not(None))
    return tuple(reading().scalars(asked.distinct().order_by(Log.device)))


def _grouped(
    orgs: tuple[str, ...],
    period: Period,
    at_centre: bool,
    key: Key,
    only: tuple[str, ...] | None = None,
) -> dict:
    told, here = defaultdict(list), defaultdict(Counter)
    for each in _told(orgs):
        if only is None or each.device in only:
            told[key(each)].append(each)
    for each in _here(orgs, period, at_centre):
        if only is None or each.device in only:
            here[key(each)][each.code] += each.number
    keys = sorted({*told, *here} - {None})
    return {one: _reached(here[one], told[one], period, at_centre) for one in keys}


def _reached(here: Counter, told: list[_Told], period: Period, at_centre: bool) -> Reached:
    arrived = sum(here.values())
    coded = {code: n for code, n in here.items() if code not in (None, NOT_YET)}
    phones, nodes = _beyond(arrived, told, period)
    if at_centre and not any(each.relayed for each in told):
        nodes = None  # no log has come through a node: it has told nothing
    return Reached(phones, nodes, here[None], coded)


def _beyond(arrived: int, told: list[_Told], period: Period) -> tuple[int | None, int | None]:
    """At phones and at nodes: what is here and what they are said to hold besides."""
    if period.until is None:
        nodes = arrived + sum(each.at_node for each in told)
        spoke = any(each.heard for each in told)
        return (nodes + sum(each.on_phone for each in told) if spoke else None), nodes
    known = bool(told) and all(each.was_heard_after(period.until) for each in told)
    return (arrived, arrived) if known else (None, None)


def _told(orgs: tuple[str, ...]) -> list[_Told]:
    """Every phone in use of these organisations."""
    phones = sa.select(Device.id, Device.org, Device.last_contact_at, Device.unsent).where(
        Device.kind == "phone", Device.revoked_at.is_(None), Device.org.in_(orgs)
    )
    found = reading().execute(phones).all()
    relayed = sa.select(Log.device, sa.func.sum(Log.unsent)).where(
        Log.via_node.is_not(None), Log.device.in_([phone.id for phone in found])
    )
    left = dict(reading().execute(relayed.group_by(Log.device)).all())
    return [
        _Told(id_, org, heard, unsent or 0, int(left.get(id_) or 0), id_ in left)
        for id_, org, heard, unsent in found
    ]


def _here(orgs: tuple[str, ...], period: Period, at_centre: bool) -> Iterator[_Here]:
    for table in ROWS:
        for row in reading().execute(_records(table, orgs, period, at_centre)):
            yield _Here(*row)
    for row in reading().execute(_without_record(orgs, period)):
        yield _Here(*row)


def _records(table, orgs: tuple[str, ...], period: Period, at_centre: bool) -> sa.Select:
    code = table.code if at_centre else _code_or_not_yet(table)
    rows = (
        sa.select(table.device, table.org, code.label("why"), sa.func.count())
        .where(table.org.in_(orgs), *period.holds(table.observed_at))
        .group_by(table.device, table.org, sa.text("why"))
    )
    if at_centre:
        return rows
    entries = sa.join(table, Entry, Entry.id == table.entry_id)
    return rows.select_from(entries.join(Log, Log.id == Entry.log_id))


def _code_or_not_yet(table) -> sa.ColumnElement:
    """At a node: what the centre's receipt does not cover is kept apart."""
    covered = sa.and_(Entry.branch == 0, Entry.seq <= sa.func.coalesce(Log.up_have, 0))
    return sa.case(
        (table.code.is_not(None), table.code), (~covered, sa.literal(NOT_YET)), else_=sa.null()
    )


def _without_record(orgs: tuple[str, ...], period: Period) -> sa.Select:
    """What stands in quarantine and founded no visit or event, by when it came in."""
    recordless = [~sa.exists().where(table.entry_id == Quarantine.entry_id) for table in ROWS]
    return (
        sa.select(Device.id, Device.org, Quarantine.code, sa.func.count())
        .select_from(Quarantine)
        .join(Log, Log.id == Quarantine.log_id)
        .join(Device, Device.id == Log.device)
        .where(
            sa.text("quarantine.released_at IS NULL"),
            Device.org.in_(orgs),
            *period.holds(Quarantine.since),
            *recordless,
        )
        .group_by(Device.id, Device.org, Quarantine.code)
    )
