"""How far records have come, as a row of numbers, each with the address of its records.

The numbers are `store.reached`'s and nobody else's; here they get links and words.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import url_for
from flask_babel import gettext as _

from fieldlog import config
from fieldlog.access.guard import may
from fieldlog.review import filters, labels, moments, names
from fieldlog.store import heard, reached
from fieldlog.store.reached import Period, Reached

NAMED = 2


@dataclass(frozen=True)
class Part:
    """One number: `where` is phone, node, centre or need; `href` leads to its records."""

    where: str
    number: int | None
    words: str
    href: str | None


def at_centre() -> bool:
    """Whether this store is the centre."""
    return config.current().role == "centre"


def day(which: date, now: datetime | None = None) -> Period:
    """An operational day; the one that runs has no end yet."""
    since, until = moments.day_bounds(which)
    return Period(since, None if until > (now or datetime.now(UTC)) else until)


def today() -> date:
    """The operational day that runs."""
    return moments.operational_day(datetime.now(UTC))


def parts(
    told: Reached,
    which: date,
    *,
    nodes: bool,
    standing: dict[str, int] | None = None,
    **chosen: str,
) -> list[Part]:
    """The numbers of an operational day; `chosen` are filters of the log (org, phone, node).

    `nodes`: there are nodes; without any, nothing is said of them. `standing`: what stands in
    quarantine, of that day or not. What phones and nodes hold besides what is here can't be
    listed: such a number leads to the page of what they have said.
    """
    log = {"day": which.isoformat(), **chosen}
    reads = may("log.read")
    arrived = told.centre + told.in_quarantine

    def records(number: int | None, elsewhere: str) -> str:
        return filters.address(log) if reads and number == arrived else url_for(elsewhere)

    phones = records(told.phones, "review.devices")
    found = [Part("phone", told.phones, labels.WHERE["phone"], phones)]
    if nodes:
        at_nodes = records(told.nodes, "review.nights")
        found.append(Part("node", told.nodes, labels.WHERE["node"], at_nodes))
    whole = filters.address(log | {"quarantine": "0"}) if reads else None
    found.append(Part("centre", told.centre, labels.WHERE["centre"], whole))
    if quarantined := told.quarantined if standing is None else standing:
        found.append(_quarantined(quarantined))
    return found


def organisations(orgs: tuple[str, ...], which: date | None) -> list[tuple[str, list[Part]]]:
    """Each organisation by name with its numbers of that day, or of today. Empty where it would
    only say again what the strip says: today, of one organisation.
    """
    if which is None and len(orgs) < 2:
        return []
    which = which or today()
    told = reached.by_org(orgs, day(which), at_centre=at_centre())
    nodes = has_nodes()
    return [
        (names.organisation(org), parts(told[org], which, nodes=nodes, org=org))
        for org in orgs
        if org in told
    ]


def has_nodes() -> bool:
    """Whether there are nodes at all: without any, nothing is said of them."""
    return bool(heard.nodes()) or not at_centre()


def _quarantined(codes: dict[str, int]) -> Part:
    number = sum(codes.values())
    words = _("in quarantine: %(why)s", why=reasons(codes))
    where = url_for("review.quarantine") if may("quarantine.read") else None
    return Part("need", number, words, where)


def reasons(codes: dict[str, int]) -> str:
    """The commonest reasons, and whether there are more."""
    common = sorted(codes, key=lambda code: (-codes[code], code))
    said = ", ".join(str(labels.of(labels.REASONS, code)) for code in common[:NAMED])
    return f"{said} …" if len(common) > NAMED else said
