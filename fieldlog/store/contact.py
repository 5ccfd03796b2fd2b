"""What a push tells of whoever sent it: clock, version, what is still unsent.

Nothing decides by it: a device's clock may say what it likes. Knows nothing of the entries.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import identity
from fieldlog.store.logrow import LogRow
from fieldlog.store.tables import Device
from fieldlog.store.types import Utc
from sync.messages import Section
from sync.times import moment


def note(session: Session, log: LogRow, section: Section, pusher: str, now: datetime) -> None:
    """Keep what the section says on the log's row and the devices'.

    `logs.unsent`: what remained with the sender after this section. Through a node, the phone's
    own figures are the ones the node saw.
    """
    via = section.via
    log.last_at, log.app = now, section.app if via is None else via.app
    log.unsent = _remaining(log, section)
    log.skew_s = skew(section.now, now)
    sender = {"last_contact_at": now, "app": section.app, "skew_s": log.skew_s}
    if via is None:
        _tell(session, _PHONE_ITSELF, log.device, **sender, unsent=log.unsent)
        return
    heard_at = parse(via.received_at)
    log.via_node, log.skew_s = pusher, skew(via.now, heard_at)
    # Phone first, then node, for every section: in one order nobody waits in a ring.
    seen = {"app": via.app, "skew_s": log.skew_s, "unsent": via.unsent}
    _tell(session, _PHONE_SEEN, log.device, **seen)
    if heard_at is not None:
        _tell(session, _PHONE_HEARD, log.device, last_contact_at=min(heard_at, now))
    _tell(session, _NODE, pusher, **sender)


def carried(session: Session, log: LogRow, section: Section) -> None:
    """Somebody brought this in the phone's stead: it has less unsent, and was not heard."""
    log.unsent, log.app = _remaining(log, section), log.app or section.app
    _tell(session, _LESS_UNSENT, log.device, unsent=log.unsent)


def skew(said: str, heard: datetime | None) -> float | None:
    """Seconds by which a clock that said `said` was ahead when it was heard; None if unknown."""
    told = parse(said)
    if told is None or heard is None:
        return None
    return round((told - heard).total_seconds(), 3)


def parse(said: str) -> datetime | None:
    """An RFC 3339 time of a year that every zone and database knows, or None for anything else."""
    try:
        return moment(said)
    except ValueError:
        return None


def _remaining(log: LogRow, section: Section) -> int:
    """Entries behind this section: all that lack the centre's receipt, less those sent since.

    What the sender knew to be receipted: at a node what the node told it, at the centre all
    that went before.
    """
    receipted = (log.up_have or 0) if identity.role() == "node" else section.first - 1
    return max(0, section.unsent + min(receipted, section.last) - section.last)


def _told(*names: str) -> sa.Update:
    """Made once: every push runs one."""
    devices = Device.__table__
    values = {name: sa.bindparam(f"new_{name}") for name in names}
    return sa.update(devices).where(devices.c.id == sa.bindparam("device")).values(values)


_PHONE_ITSELF = _told("last_contact_at", "app", "skew_s", "unsent")
_PHONE_SEEN = _told("app", "skew_s", "unsent")
# A phone that also comes here by itself may have been heard since.
_PHONE_HEARD = _told("last_contact_at").where(
    sa.func.coalesce(Device.last_contact_at, sa.bindparam("new_last_contact_at", type_=Utc))
    <= sa.bindparam("new_last_contact_at", type_=Utc)
)
_LESS_UNSENT = _told("unsent").where(Device.unsent > sa.bindparam("new_unsent"))
_NODE = _told("last_contact_at", "app", "skew_s")


def _tell(session: Session, statement: sa.Update, device: str | None, **told) -> None:
    values = {f"new_{name}": value for name, value in told.items()}
    session.connection().execute(statement, {"device": device, **values})
