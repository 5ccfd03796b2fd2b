"""What each nightly run did, as rows: a node writes its own, the centre what it saw of a node's.

Knows nothing of how a night is run.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Device, Log, Night

DAY_STARTS = timedelta(hours=6)


def begin(node: str, now: datetime, zone: str) -> int:
    """A row for a run that starts now; its id."""
    with writing() as session:
        row = Night(node=node, night=operational_day(now, zone), started_at=now)
        session.add(row)
        session.flush()
        return row.id


def keep(row: int, **told) -> None:
    """What is known so far of a run that goes on: a killed one tells how far it came."""
    with writing() as session:
        session.execute(update(Night).where(Night.id == row).values(told))


def finish(row: int, now: datetime, outcome: str, **told) -> None:
    """How the run ended: `outcome` is ok, remark or failed; `told` are the row's counts."""
    keep(row, finished_at=now, outcome=outcome, **told)


def bury(node: str) -> int:
    """Runs of this node that never came back are failed; how many. Only for who holds the lock:
    then nobody can be at it still.
    """
    dead = update(Night).where(Night.node == node, Night.outcome.is_(None))
    with writing() as session:
        return session.execute(dead.values(outcome="failed")).rowcount


def seen(node: str, now: datetime, zone: str, *, differing: int, verified: int, digest: str) -> int:
    """The centre's row of a night, written when a node compares what it has; its id.

    `sent` is what has come through the node since its night before. A later compare of the same
    operational day replaces what the earlier one said.
    """
    night = operational_day(now, zone)
    entries = _entries_through(node)
    told = {
        "sent": entries - _entries_before(node, night),
        "finished_at": now,
        "outcome": "remark" if differing else "ok",
        "verified": verified,
        "digest": digest,
        "detail": {"differing": differing, "entries": entries},
    }
    with writing() as session:
        held = session.scalars(select(Night).where(Night.node == node, Night.night == night))
        row = held.first() or Night(node=node, night=night, started_at=now)
        for name, value in told.items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        return row.id


def latest(most: int = 30) -> list[Night]:
    """The last runs, newest first."""
    return list(
        reading().scalars(
            select(Night).order_by(Night.started_at.desc(), Night.id.desc()).limit(most)
        )
    )


def last_complete(node: str, now: datetime) -> datetime | None:
    """When a run of this node last ended well. None from the future: that clock was wrong."""
    ended = select(func.max(Night.finished_at)).where(Night.node == node, Night.outcome == "ok")
    return reading().scalar(ended.where(Night.finished_at <= now))


def missed(node: str, now: datetime, zone: str) -> int:
    """Nights between the last that ended well and the one now; 0 if there was never one."""
    last = last_complete(node, now)
    if last is None:
        return 0
    return max(0, (operational_day(now, zone) - operational_day(last, zone)).days - 1)


def operational_day(moment: datetime, zone: str) -> date:
    """The day a moment belongs to: it starts at 06:00, so Friday night stays Friday."""
    return (moment.astimezone(ZoneInfo(zone)) - DAY_STARTS).date()


def _entries_through(node: str) -> int:
    """How many entries of the logs that come through this node are here."""
    device = select(Device.id).where(Device.name == node, Device.kind == "node")
    total = select(func.coalesce(func.sum(Log.have), 0)).where(Log.via_node.in_(device))
    return int(reading().scalar(total))  # PostgreSQL sums to a decimal


def _entries_before(node: str, night: date) -> int:
    earlier = select(Night).where(Night.node == node, Night.night < night)
    row = reading().scalars(earlier.order_by(Night.night.desc()).limit(1)).first()
    return (row.detail or {}).get("entries", 0) if row else 0
