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

NAMED = 2
SILENT = frozenset({"review.login", "review.logout", "review.code_picture"})


@dataclass(frozen=True)
class Strip:
    """The sentence's parts. A count that is None is not known, and is drawn hatched, never 0.

    `through_nodes`: there are nodes here, or this is one; without any, nothing is said of them.
    """

    phones: int | None
    nodes: int | None
    through_nodes: bool
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
    now = datetime.now(UTC)
    today, _ = moments.day_bounds(moments.operational_day(now))
    known = heard.heard(sight.device_orgs(current_user), today, at_centre=at_centre)
    here_or_at_nodes = known.here + (known.at_nodes or 0)
    unknown_nodes = at_centre and known.at_nodes is None
    return Strip(
        phones=None if known.on_phones is None else here_or_at_nodes + known.on_phones,
        nodes=None if unknown_nodes else here_or_at_nodes,
        through_nodes=known.nodes > 0 or not at_centre,
        centre=max(0, known.here - known.lacking),
        quarantined=sum(known.quarantined.values()),
        reasons=_reasons(known.quarantined),
        linked=current_user.role in PEOPLE["quarantine.read"],
        phones_known=known.phones,
        phones_heard=known.phones_heard,
        latest=known.latest,
    )


def _reasons(codes: dict[str, int]) -> str:
    """The commonest reasons, and whether there are more."""
    common = sorted(codes, key=lambda code: (-codes[code], code))
    said = ", ".join(labels.of(labels.REASONS, code) for code in common[:NAMED])
    return f"{said} …" if len(common) > NAMED else said
