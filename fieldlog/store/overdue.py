"""What is red about the nights: a store with no whole night for a day, and one that is damaged.

One answer for pages, commands and notices. Knows nothing of how a night is run, or of words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from fieldlog.store import identity, nights
from fieldlog.store.database import reading
from fieldlog.store.tables import Device, Night

LATE = timedelta(hours=24)
RECENT = timedelta(days=3)  # started_at has an index: most stores are cleared by these rows alone


@dataclass(frozen=True)
class Alarm:
    """`kind` is late (no night came to its end since `since`; None: never one) or damaged (the
    check that ended at `since` found `faults`). `own`: it is about the store one is at.
    """

    node: str
    kind: str
    own: bool
    since: datetime | None
    faults: tuple[str, ...] = ()


def alarms(now: datetime, name: str) -> list[Alarm]:
    """What is red now, by name; `name` is this store's. Empty: nobody needs to do anything."""
    found = [*_late(now, name), *_damaged(name)]
    return sorted(found, key=lambda alarm: (not alarm.own, alarm.node, alarm.kind))


def _late(now: datetime, name: str) -> list[Alarm]:
    """A night that is said to have ended in the future has a wrong clock, and excuses nothing."""
    recently = sa.select(Night.node, sa.func.max(Night.finished_at)).where(
        Night.started_at >= now - RECENT, Night.outcome == "ok", Night.finished_at <= now
    )
    last = dict(reading().execute(recently.group_by(Night.node)).all())
    late = []
    for node, born in _expected(name).items():
        since = last.get(node) or nights.last_complete(node, now)
        if now - (since or born) > LATE:
            late.append(Alarm(node, "late", node == name, since))
    return late


def _expected(name: str) -> dict[str, datetime]:
    """Whoever should have its nights, and since when: this store, and a centre's nodes."""
    expected = {name: identity.get().created_at}
    if identity.role() == "centre":
        known = sa.select(Device.name, Device.enrolled_at)
        known = known.where(Device.kind == "node", Device.revoked_at.is_(None))
        expected |= dict(reading().execute(known).all())
    return expected


def _damaged(name: str) -> list[Alarm]:
    """Found by this store's last check: a night without one says nothing of it."""
    own = sa.select(Night).where(Night.node == name).order_by(Night.started_at.desc(), Night.id)
    for night in reading().scalars(own.limit(100)):
        check = (night.detail or {}).get("check")
        if check is not None:
            faults = tuple(check["faults"])
            return [Alarm(name, "damaged", True, night.finished_at, faults)] if faults else []
    return []
