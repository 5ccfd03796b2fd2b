"""The words of a week's picture: lamps, verdicts, what is new. Says no more than its figures.

Knows no record and no layout; nothing here is about a person.
"""

from collections import Counter
from datetime import date
from typing import Any

from babel.dates import get_day_names
from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from fieldlog.review import moments, names

MANY = 3


def title(days: list[date]) -> str:
    """18–24 november 2024"""
    first, last = moments.day(days[0]), moments.day(days[-1])
    return f"{first} – {last}"


def kind(code: str) -> str:
    """A kind of event by name, or its code."""
    row = names.categories().get(code)
    return names.called(row) if row else code


def day(told: dict[str, Any]) -> str:
    """tisdag: 2 besök"""
    which = date.fromisoformat(told["day"])
    weekday = get_day_names("wide", locale=get_locale())[which.weekday()]
    return f"{weekday}: {_state(told)}"


def gap(line: dict[str, Any]) -> str:
    """The longest stretch without anybody there."""
    if line["gap_minutes"] is None:
        return _("not known")
    if not line["visits"]:
        return _("all the time")
    return moments.length(line["gap_minutes"] * 60)


def why(line: dict[str, Any]) -> str:
    """What has to be known to read the row."""
    said = []
    if line["unknown"]:
        said.append(_("no data yet"))
    if line["short"]:
        lengths = ", ".join(_("%(n)d min", n=length) for length in line["short"][:MANY])
        text = ngettext("%(num)d too short", "%(num)d too short", len(line["short"]))
        said.append(f"{text}, {lengths}")
    if line["asked_visits"] is not None and line["commitment"] is None:
        said.append(_("by decision"))
    if not line["visits"] and line["asked_visits"] and not line["unknown"]:
        said.append(_("all have reported"))
    if line["example"]:
        said.append(_("example"))
    return " · ".join(said)


def whose(line: dict[str, Any]) -> str:
    """Whose visits are counted, where others were there too."""
    if not line["org"] or not set(line["orgs"]) - {line["org"]}:
        return ""
    return _("only visits of %(org)s count", org=names.organisation(line["org"]))


def verdict(line: dict[str, Any]) -> str:
    """What the interval says, in words; nothing where nothing stands out."""
    if line["count"] is None:
        return _("no data yet")
    if line["expected"] is None:
        return _("too few events to conclude")
    if line["alarm"]:
        return _("more than expected, p %(p)s", p=chance(line["p"]))
    return _("at least: not all have reported") if line["unknown"] else ""


def chance(p: float) -> str:
    """= 0,0006, or < 0,0001."""
    least = 0.0001
    sign = "=" if p >= least else "<"
    return f"{sign} {format_decimal(max(p, least), format='0.0000')}"


def news(picture: dict[str, Any]) -> list[tuple[str, str]]:
    """What is new or unusual as (what, sentence)."""
    over = [line for line in picture["events"]["places"] if line["alarm"]]
    said = [(names.place(line["place"]) or line["place"], _over(line)) for line in over]
    said += [(kind(found["kind"]), _unusual(found)) for found in picture["events"]["unusual"]]
    return said


def share(part: int, whole: int) -> str:
    """Whole per cent; a dash of nothing."""
    return f"{round(100 * part / whole)} %" if whole else "–"


def _state(told: dict[str, Any]) -> str:
    number = ngettext("%(num)d visit", "%(num)d visits", told["visits"])
    return {
        "visited": number,
        "beyond": _("%(visits)s beyond the promise", visits=number),
        "missed": _("not visited"),
        "unknown": _("no data yet"),
        "coming": _("still to come"),
        "none": _("not promised"),
    }[told["state"]]


def _over(line: dict[str, Any]) -> str:
    band = f"{line['expected']['low']}–{line['expected']['high']}"
    text = _("%(n)d events against an expected %(band)s.", n=line["count"], band=band)
    [(code, most)] = Counter(line["kinds"]).most_common(1)
    return f"{text} " + _("Most: %(kind)s, %(n)d.", kind=kind(code).lower(), n=most)


def _unusual(found: dict[str, Any]) -> str:
    if found["new"] is None:
        return _(
            "%(n)d in four weeks, more than the weeks before lead one to expect.", n=found["count"]
        )
    text = ngettext(
        "first in %(num)d week; too few to conclude.",
        "first in %(num)d weeks; too few to conclude.",
        found["new"],
    )
    where = ", ".join(names.place(place) or place for place in found["places"])
    return f"{text} ({where})" if where else text
