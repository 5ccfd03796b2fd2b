"""Which places a list shows, as links: an address holds all there is to a view.

Knows what a row says, not how it came to be.
"""

from collections.abc import Iterable, Mapping

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from fieldlog import problems
from fieldlog.review.filters import Choice, Facet
from fieldlog.review.places.rows import Row

NAMES = ("kind", "district", "show")
RETIRED = "retired"
SHOWS = {
    "asked": (later("something is asked"), lambda row: row.said["asked_visits"] is not None),
    "behind": (later("behind what is asked"), lambda row: row.is_behind),
    "unknown": (later("no data yet"), lambda row: row.said["unknown"]),
    "over": (later("more events than expected"), lambda row: row.is_over),
    RETIRED: (later("out of use"), lambda row: not row.place.active),
}


def chosen(rows: Iterable[Row], args: Mapping[str, str]) -> list[Row]:
    """The rows an address asks for; what is out of use only when it is asked for."""
    show = args.get("show")
    if show not in (None, *SHOWS):
        raise problems.Refused(problems.BAD_REQUEST)
    return [
        row
        for row in rows
        if (row.place.active or show == RETIRED)
        and all(args.get(name) in (None, getattr(row.place, name)) for name in ("kind", "district"))
        and (show is None or SHOWS[show][1](row))
    ]


def facets(places: Iterable, args: Mapping[str, str]) -> list[Facet]:
    """Every filter with its links, given what is chosen now."""
    places = list(places)
    kinds = sorted({place.kind for place in places})
    districts = sorted({place.district for place in places if place.district})
    return [
        _facet(args, "kind", _("Kind"), {one: one for one in kinds}),
        _facet(args, "district", _("District"), {one: one for one in districts}),
        _facet(args, "show", _("Show"), {name: str(said) for name, (said, _is) in SHOWS.items()}),
    ]


def kept(args: Mapping[str, str]) -> dict[str, str]:
    """The arguments that are filters."""
    return {name: args[name] for name in NAMES if args.get(name)}


def told(places: Iterable, args: Mapping[str, str]) -> dict[str, str]:
    """The filters for the audit log: what no place has may be anything that somebody typed."""
    known = {one for place in places for one in (place.kind, place.district)} | SHOWS.keys()
    return {name: value if value in known else "?" for name, value in kept(args).items()}


def _facet(args, name: str, label: str, values: dict[str, str]) -> Facet:
    choices = [Choice(said, _address(args, **{name: value})) for value, said in values.items()]
    value = args.get(name)
    shown = values.get(value, value)
    return Facet(label, _("all"), choices, shown, _address(args, **{name: None}))


def _address(args, **changed: str | None) -> str:
    return url_for("review.places", **{**kept(args), **changed})
