"""The trust strip: how much of the field is heard, said before any figure on every page.

Above it, in red, what nobody may overlook: a store without its nights, or damaged. Knows what
devices and stores have reported; knows nothing of what the records say.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldlog import config
from fieldlog.access import sight
from fieldlog.access.guard import may
from fieldlog.review import counts, moments
from fieldlog.review.door import door
from fieldlog.store import heard, overdue, reached
from fieldlog.store.overdue import Alarm

SILENT = frozenset({"review.login", "review.logout", "review.code_picture"})


@dataclass(frozen=True)
class Strip:
    """The sentence's parts, and who has been heard. A number that is None is not known, and is
    drawn hatched, never 0.
    """

    parts: list[counts.Part]
    quarantined: int
    phones_known: int
    phones_heard: int
    latest: datetime | None


@door.context_processor
def context() -> dict:
    """`strip`, `alarms` and the words of times for the pages of this door."""
    return {
        "strip": _strip() if _may("devices.read") else None,
        "alarms": [_worded(alarm) for alarm in _alarms()] if _may("nights.read") else [],
        "moments": moments,
        "now": datetime.now(UTC),
    }


def _may(verb: str) -> bool:
    if not current_user.is_authenticated or request.endpoint in SILENT:
        return False
    return may(verb)


def _alarms() -> list[Alarm]:
    return overdue.alarms(datetime.now(UTC), config.current().name)


def _worded(alarm: Alarm) -> tuple[str, str]:
    """What is the matter, and what to do about it."""
    if alarm.kind == "damaged":
        found = ngettext(
            "%(node)s: the night's check found %(num)d fault in what is kept.",
            "%(node)s: the night's check found %(num)d faults in what is kept.",
            len(alarm.faults),
            node=alarm.node,
        )
        return found, _("Have fieldlog store verify run there, and the last good copy at hand.")
    if alarm.since is None:
        late = _("%(node)s has not had one whole night yet.", node=alarm.node)
        return late, _("Have its timer started: fieldlog night.")
    when = moments.stamp(alarm.since)
    late = _("%(node)s has had no whole night since %(when)s.", node=alarm.node, when=when)
    return late, _("See that it has power and network, then have fieldlog night run there.")


def _strip() -> Strip:
    at_centre, today = counts.at_centre(), counts.today()
    orgs, period = sight.device_orgs(current_user), counts.day(today)
    known = heard.heard(orgs, period.since)
    told = reached.of(orgs, period, at_centre=at_centre)
    # Whatever stands in quarantine waits for somebody, of today or not.
    standing, nodes = reached.in_quarantine(orgs), known.nodes > 0 or not at_centre
    return Strip(
        parts=counts.parts(told, today, nodes=nodes, standing=standing),
        quarantined=sum(standing.values()),
        phones_known=known.phones,
        phones_heard=known.phones_heard,
        latest=known.latest,
    )
