"""The trust strip: how much of the field is heard, said before any figure on every page.

Knows what devices have reported; knows nothing of what the records say.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import request
from flask_login import current_user

from fieldlog import config
from fieldlog.access import sight
from fieldlog.access.verbs import PEOPLE
from fieldlog.review import labels, moments
from fieldlog.review.door import door
from fieldlog.store import heard

SILENT = frozenset({"review.login", "review.logout", "review.code_picture"})


@dataclass(frozen=True)
class Strip:
    """The sentence's parts. A count that is None is not known, and is drawn hatched, never 0."""

    phones: int | None
    nodes: int | None
    centre: int
    quarantined: int
    reasons: str
    linked: bool
    phones_known: int
    phones_heard: int
    latest: datetime | None


@door.context_processor
def context() -> dict:
    """`strip` and the words of times for the pages of this door."""
    return {"strip": _strip() if _wanted() else None, "moments": moments, "now": datetime.now(UTC)}


def _wanted() -> bool:
    if not current_user.is_authenticated or request.endpoint in SILENT:
        return False
    return current_user.role in PEOPLE["devices.read"]


def _strip() -> Strip:
    at_centre = config.current().role == "centre"
    today, _ = moments.day_bounds(moments.operational_day(datetime.now(UTC)))
    known = heard.heard(sight.device_orgs(current_user), today, at_centre=at_centre)
    centre = known.here - known.lacking if not at_centre else known.here
    nodes = None if known.at_nodes is None else known.here + known.at_nodes
    return Strip(
        phones=None if nodes is None or known.on_phones is None else nodes + known.on_phones,
        nodes=nodes,
        centre=max(0, centre),
        quarantined=sum(known.quarantined.values()),
        reasons=", ".join(labels.of(labels.REASONS, code) for code in sorted(known.quarantined)),
        linked=current_user.role in PEOPLE["quarantine.read"],
        phones_known=known.phones,
        phones_heard=known.phones_heard,
        latest=known.latest,
    )
