"""The log's filters as links: what an address asks for, and the addresses of every other choice.

An address holds all there is to a view, so it can be sent to a colleague, who sees what is theirs.
Knows nothing of how the list is read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from flask_babel import gettext as _

from fieldlog import problems
from fieldlog.review import figure_filters as figures
from fieldlog.review import labels, moments, names, note_filter
from fieldlog.store import cursor, heard, listing, reached
from fieldlog.store.filtering import STATES, Filters, Key

LOG = "/log"
NAMES = (
    "day", "week", "district", "place", "category", "org", "unit", "state", "review", "quarantine",
    "phone", "node", note_filter.NAME,
    *figures.NAMES,
)  # fmt: skip
VISITS, EVENTS, OTHER = "visit", "event", "other"
KINDS = (VISITS, EVENTS)
DAYS_SHOWN = 7
WEEKS_SHOWN = 4


@dataclass(frozen=True)
class Choice:
    """One value of a facet: what it is called and the address that chooses it."""

    label: str
    href: str
    child: bool = False


@dataclass(frozen=True)
class Facet:
    """One filter: its name, what it can be, or what it now is and the address without it."""

    label: str
    every: str
    choices: list[Choice]
    chosen: str | None
    without: str


def read(args: Mapping[str, str], orgs: tuple[str, ...]) -> Filters:
    """The filters an address asks for, within `orgs`. Refused: a value that means nothing."""
    since, until = _bounds(args)
    category = args.get("category")
    whose = _whose(args)
    own_only = args.get("org") in orgs or any(args.get(name) for name in figures.NAMES)
    return Filters(
        orgs=tuple(org for org in orgs if whose is None or org in whose),
        shared_to=() if own_only else orgs,
        shared_from=whose,
        kind=category if category in KINDS else None,
        since=since,
        until=until,
        place=args.get("place"),
        within=_within(args.get("district")),
        categories=_kinds(category),
        state=_one_of(args.get("state"), STATES),
        review=_one_of(args.get("review"), labels.REVIEWS),
        quarantined=args.get("quarantine") == "1",
        sound=args.get("quarantine") == "0",
        devices=_devices(args),
        words=note_filter.read(args),
        **figures.read(args, since, until),
    )


def facets(args: Mapping[str, str], orgs: tuple[str, ...]) -> list[Facet]:
    """Every filter with its links, given what is chosen now."""
    return [
        _times(args),
        _facet(args, "district", _("District"), _("all"), {one: one for one in _districts()}),
        _facet(args, "place", _("Place"), _("all"), _places()),
        _facet(args, "category", _("Category"), _("all"), _categories()),
        _facet(args, "org", _("Organisation"), _("all"), _orgs(orgs)),
        _facet(args, "unit", _("Unit"), _("all"), _units(orgs)),
        _facet(args, "state", _("State"), _("all"), _states()),
        _facet(args, "review", _("Review"), _("all"), labels.REVIEWS),
        *_arrived_by(args, orgs),
        *(
            _facet(args, name, label, _("all"), said)
            for name, label, said in (*note_filter.shown(args), *figures.shown(args))
        ),
    ]


def day_of(args: Mapping[str, str]) -> date | None:
    """The day an address asks for."""
    return _day(args["day"]) if args.get("day") else None


def kept(args: Mapping[str, str]) -> dict[str, str]:
    """The arguments that are filters; the rest (the page) is not carried along."""
    return {
        name: args[name]
        for name in NAMES
        if args.get(name) and (name != note_filter.NAME or note_filter.read(args))
    }


def told(args: Mapping[str, str]) -> dict[str, str]:
    """The filters for the audit log, as codes: what is none of ours may be anything one typed."""
    known = {
        "place": names.places(),
        "category": names.categories() | dict.fromkeys((*KINDS, OTHER)),
        "district": _districts(),
        "org": names.organisations(),
        "phone": names.devices(),
        "node": names.devices(),
        note_filter.NAME: (),  # what one searches for may say as much as a note
    }
    return {
        name: value if name not in known or value in known[name] else "?"
        for name, value in kept(args).items()
    }


def address(args: Mapping[str, str], **changed: str | None) -> str:
    """The log with these filters, some changed; None takes one away."""
    wanted = {**kept(args), **changed}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"{LOG}?{query}" if query else LOG


def read_key(text: str | None) -> Key | None:
    """The key of an address. Refused: anything that is none."""
    try:
        return None if text is None else cursor.read(text)
    except ValueError as wrong:
        raise problems.Refused(problems.BAD_REQUEST) from wrong


def _facet(args, name: str, label: str, every: str, values: Mapping) -> Facet:
    chosen = args.get(name)
    choices = [
        Choice(str(called).lstrip(), address(args, **{name: value}), str(called).startswith(" "))
        for value, called in values.items()
    ]
    shown = None if chosen is None else str(values.get(chosen, chosen)).lstrip()
    return Facet(label, every, choices, shown, address(args, **{name: None}))


def _times(args) -> Facet:
    choices = [
        Choice(
            called, address(args, **({"day": None, "week": None} | figures.GONE | {name: value}))
        )
        for name, value, called in _spans()
    ]
    chosen = args.get("day") or args.get("week")
    called = {value: name for _kind, value, name in _spans()}
    shown = called.get(chosen) or (chosen and _named_span(chosen))
    gone = {"day": None, "week": None} | figures.GONE
    return Facet(_("Time"), _("all"), choices, shown, address(args, **gone))


def _spans() -> Iterator[tuple[str, str, str]]:
    """The last days and weeks as (argument, value, name)."""
    today = moments.operational_day(datetime.now(UTC))
    special = {0: _("today"), 1: _("yesterday")}
    for back in range(DAYS_SHOWN):
        which = today - timedelta(days=back)
        yield "day", which.isoformat(), special.get(back) or moments.day(which)
    for back in range(WEEKS_SHOWN):
        year, week, _weekday = (today - timedelta(weeks=back)).isocalendar()
        yield "week", f"{year}-W{week:02}", _("week %(n)d", n=week)


def _named_span(value: str) -> str:
    if "W" in value:
        year, week = _week(value)
        return _("week %(n)d", n=week) + f" {year}"
    return moments.day(_day(value))


def _bounds(args) -> tuple[datetime | None, datetime | None]:
    try:
        if args.get("day"):
            return moments.day_bounds(_day(args["day"]))
        if args.get("week"):
            return moments.week_bounds(*_week(args["week"]))
    except OverflowError as beyond:  # the last day of all has no end
        raise problems.Refused(problems.BAD_REQUEST) from beyond
    return None, None


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as wrong:
        raise problems.Refused(problems.BAD_REQUEST) from wrong


def _week(value: str) -> tuple[int, int]:
    try:
        monday = datetime.strptime(f"{value}-1", "%G-W%V-%u").date()
    except ValueError as wrong:
        raise problems.Refused(problems.BAD_REQUEST) from wrong
    return monday.isocalendar()[:2]


def _devices(args) -> tuple[str, ...] | None:
    """The phones an address asks for: one, or those that come through a node."""
    if args.get("phone"):
        return (args["phone"],)
    return reached.devices_through(args["node"]) if args.get("node") else None


def _arrived_by(args, orgs: tuple[str, ...]) -> Iterator[Facet]:
    """Filters that only numbers link to: they are shown when they are chosen, to be taken away."""
    if args.get("phone"):
        phones = {phone.device.id: phone.device.name for phone in heard.phones(orgs)}
        yield _facet(args, "phone", _("Phone"), _("all"), phones)
    if args.get("node"):
        nodes = {node.device.id: node.device.name for node in heard.nodes()}
        yield _facet(args, "node", _("Node"), _("all"), nodes)
    if args.get("quarantine") == "0":
        yield _facet(args, "quarantine", _("Quarantine"), _("all"), {"0": _("not in quarantine")})


def _one_of(value: str | None, known) -> str | None:
    if value is not None and value not in known:
        raise problems.Refused(problems.BAD_REQUEST)
    return value


def _places() -> dict[str, str]:
    return {code: place.name for code, place in names.places().items()}


def _categories() -> dict[str, str]:
    """Presence, then each tile with its kinds below it (led by a space)."""
    found = {VISITS: _("Presence"), EVENTS: _("Events")}
    for tile in names.tiles():
        if not any(one.parent == tile.code for one in names.categories().values()):
            continue
        found[tile.code] = names.called(tile)
        for code in names.kinds_of(tile.code)[1:]:
            found[code] = " " + names.called(names.categories()[code])
    return found | {OTHER: _("Other, of any kind")}


def _kinds(category: str | None) -> tuple[str, ...]:
    if category in (None, *KINDS):
        return ()
    return names.other_kinds() if category == OTHER else names.kinds_of(category)


def _orgs(orgs: tuple[str, ...]) -> dict[str, str]:
    """One's own, and those that have shown something of theirs."""
    return {code: names.organisation(code) for code in (*orgs, *listing.sharers(orgs))}


def _units(orgs: tuple[str, ...]) -> dict[str, str]:
    """The kinds of those organisations."""
    known = names.organisations()
    kinds = sorted({known[code].kind for code in _orgs(orgs) if code in known})
    return {kind: labels.of(labels.UNITS, kind) for kind in kinds}


def _whose(args) -> tuple[str, ...] | None:
    """The organisations an address asks for: one, all of a kind, or None for any."""
    known, other, unit = names.organisations(), args.get("org"), args.get("unit")
    if unit is None:
        return None if other is None else (other,)
    _one_of(unit, {row.kind for row in known.values()})
    return tuple(code for code, row in known.items() if row.kind == unit and other in (None, code))


def _districts() -> list[str]:
    return sorted({one.district for one in names.places().values() if one.district})


def _within(district: str | None) -> tuple[str, ...]:
    """The places of a district; a place that is no longer in use still has its records."""
    if _one_of(district, _districts()) is None:
        return ()
    return tuple(code for code, one in names.places().items() if one.district == district)


def _states() -> dict[str, str]:
    return {code: labels.STATES[code] for code in STATES}
