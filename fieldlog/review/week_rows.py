"""A picture's figures as rows to draw: in words, with links, with what the charts need.

Knows neither how a figure is made nor how a row is laid out.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from fieldlog.measure import grid
from fieldlog.review import charts, moments, names, week_words
from fieldlog.review.week_links import Links

PRINTED = 10  # places on paper; where there are more, those asked for or outside their interval
SPARK_LEAST = 5  # the shared scale of the sparklines is never finer than that


@dataclass(frozen=True)
class Lamp:
    """A day at a place: its state, the number to write in it, in words, its records."""

    state: str
    number: str
    words: str
    href: str | None


@dataclass(frozen=True)
class Theirs:
    """One organisation's visits at a place, and whether the promise counts them."""

    number: int
    href: str | None
    counts: bool


@dataclass(frozen=True)
class Kept:
    """A place's row of the promise. `said` is its figures as the picture has them; `whose`: whose
    visits count, where others were there too.
    """

    said: dict[str, Any]
    printed: bool
    name: str
    href: str | None
    lamps: list[Lamp]
    bar: charts.Bar
    gap: str
    orgs: list[Theirs]
    why: str
    whose: str


@dataclass(frozen=True)
class Seen:
    """A place's row of events."""

    said: dict[str, Any]
    printed: bool
    name: str
    href: str | None
    interval: charts.Interval
    spark: charts.Spark
    words: str


@dataclass(frozen=True)
class Cell:
    """One cell of a weekday × hour table: a number, its shade, whether it was promised, and
    whether its hours were still to come: then it is no 0."""

    number: int
    shade: int
    promised: bool
    coming: bool
    href: str | None


def present(picture: dict[str, Any]) -> list[str]:
    """The organisations that were anywhere in the week, by code."""
    return sorted({org for line in picture["presence"] for org in line["orgs"]})


def kept(picture: dict[str, Any], orgs: list[str], links: Links) -> list[Kept]:
    """What was asked for and what it got, in the picture's order."""
    lines = picture["presence"]
    top = max((max(line["minutes"], line["asked_minutes"] or 0) for line in lines), default=0)
    return [
        Kept(
            said=line,
            printed=len(lines) <= PRINTED or line["asked_visits"] is not None,
            name=names.place(line["place"]) or line["place"],
            href=links.visits(line["place"], commitment=line["commitment"]),
            lamps=[_lamp(line, day, links) for day in line["days"]],
            bar=charts.bar(line["minutes"], line["asked_minutes"], line["unknown"], top),
            gap=week_words.gap(line),
            orgs=[_by_org(line, org, links) for org in orgs],
            why=week_words.why(line),
            whose=week_words.whose(line),
        )
        for line in lines
    ]


def seen(picture: dict[str, Any], links: Links) -> tuple[list[Seen], charts.Axis, int]:
    """Every place with events, those over what is expected first; their axis and scale."""
    lines = sorted(picture["events"]["places"], key=_worst_first)
    asked = {line["place"] for line in picture["presence"] if line["asked_visits"] is not None}
    scale = charts.axis(_highest(lines))
    top = max((n or 0 for line in lines for n in (*line["base"], line["count"])), default=0)
    top = max(SPARK_LEAST, top)
    rows = [
        Seen(
            said=line,
            printed=len(lines) <= PRINTED or line["alarm"] or line["place"] in asked,
            name=names.place(line["place"]) or line["place"],
            href=links.events(line["place"]),
            interval=charts.interval(line, scale),
            spark=charts.spark([*line["base"], line["count"]], top),
            words=week_words.verdict(line),
        )
        for line in lines
    ]
    return rows, scale, top


def when(picture: dict[str, Any], days: list[date], links: Links) -> dict[str, list[list[Cell]]]:
    """Events beside presence, weekday by three hours, in the same shape."""
    return {
        "events": _cells(picture, "events", days, links.events),
        "presence": _cells(picture, "presence", days, links.visits),
    }


def is_coming(picture: dict[str, Any], day: date, column: int) -> bool:
    """Whether a cell's hours had not begun when the picture was made."""
    begins, _ends = moments.hours_of(day, column * grid.HOURS, grid.HOURS)
    return begins >= datetime.fromisoformat(picture["as_of"])


def faults(picture: dict[str, Any], now: datetime, links: Links) -> list[dict[str, Any]]:
    """Standing faults, the oldest first, with their age in days at `now`."""
    rows = [
        {
            "days": (now - datetime.fromisoformat(found["at"])).days,
            "what": week_words.kind(found["kind"]),
            "where": names.place(found["place"]) or found["place"] or _("no place given"),
            "seen": ngettext("seen once", "seen %(num)d times", found["seen"]),
            "href": links.record(found),
        }
        for found in picture["faults"]
    ]
    most = max((row["days"] for row in rows), default=0) or 1
    return [row | {"width": round(4 + 48 * row["days"] / most)} for row in rows]


def _lamp(line: dict[str, Any], day: dict[str, Any], links: Links) -> Lamp:
    number = day["visits"]
    written = "+" if day["state"] == "beyond" else str(number) if number > 1 else ""
    row = {"place": line["place"], "commitment": line["commitment"]}
    href = links.visits(**row, day=day["day"]) if number else None
    return Lamp(day["state"], written, week_words.day(day), href)


def _by_org(line: dict[str, Any], org: str, links: Links) -> Theirs:
    number = line["orgs"].get(org, 0)
    row = {"place": line["place"], "commitment": line["commitment"]}
    href = links.visits(**row, org=org) if number else None
    return Theirs(number, href, line["org"] in (None, org))


def _cells(picture: dict[str, Any], what: str, days: list[date], link) -> list[list[Cell]]:
    numbers, promised = picture["when"][what], picture["when"]["promised"]
    shades = charts.shades(numbers)
    return [
        [
            Cell(
                number,
                shades[row][column],
                what == "presence" and promised[row][column],
                not number and is_coming(picture, day, column),
                link(day=day.isoformat(), hour=f"{hour:02}") if number else None,
            )
            for column, (number, hour) in enumerate(zip(numbers[row], grid.columns(), strict=True))
        ]
        for row, day in enumerate(days)
    ]


def _worst_first(line: dict[str, Any]):
    return not line["alarm"], line["count"] is None, -(line["count"] or 0), line["place"]


def _highest(lines: list[dict[str, Any]]) -> list[int]:
    counts = [line["count"] or 0 for line in lines]
    return counts + [line["expected"]["high"] for line in lines if line["expected"]]
