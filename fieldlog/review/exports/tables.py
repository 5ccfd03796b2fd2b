"""A week's figures as tables to take home: those of its page, one figure a cell, units in the head.

What is not known yet is said in words, never as 0. Knows no kind of file and no record.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext as _

from fieldlog.measure import grid
from fieldlog.measure.signals import BASE_WEEKS
from fieldlog.measure.week import Week
from fieldlog.review import moments, names, week_rows
from fieldlog.review.exports.columns import Value
from fieldlog.review.week_links import Links

Figures = dict[str, Any]
Row = list[Value]


class Table(NamedTuple):
    """What it is called, its head, and its rows."""

    name: str
    head: list[str]
    rows: list[Row]


def of(week: Week, figures: Figures) -> dict[str, Table]:
    """Every table of the week, in the order of its page."""
    links = Links(str(week), ())  # a file leads nowhere
    return {
        "trust": _trust(figures["trust"]),
        "promise": _promise(week, figures, links),
        "events": _events(week, figures, links),
        "when": _when(week, figures),
    }


def _trust(told: Figures) -> Table:
    heard = told["phones"] - sum(told["silent"].values())
    rows = [
        [_("phones heard since"), heard, told["phones"]],
        [_("came late"), told["late"], told["visits"] + told["events"]],
        [_("filled in afterwards"), told["backfilled"], told["visits"]],
        [_("“Other”"), told["other"], told["events"]],
        [_("in quarantine"), told["quarantined"], None],
    ]
    return Table(_("How far to trust it"), [_("What"), _("Count"), _("Of")], rows)


def _promise(week: Week, figures: Figures, links: Links) -> Table:
    orgs = week_rows.present(figures)
    head = [
        _("Place"),
        _("Place code"),
        *(_("%(what)s, visits", what=day.isoformat()) for day in week.days),
        _("Visits"),
        _("Visits promised"),
        _("Patrol minutes"),
        _("Patrol minutes promised"),
        _("Windows kept"),
        _("Windows promised"),
        _("Longest gap, minutes"),
        *(_("%(what)s, visits", what=names.organisation(org)) for org in orgs),
        _("Remark"),
    ]
    rows = [_kept(one, one.said) for one in week_rows.kept(figures, orgs, links)]
    return Table(_("The promise"), head, rows)


def _kept(one: week_rows.Kept, said: Figures) -> Row:
    windows = said["windows"] if said["windows"][1] else (None, None)
    return [
        one.name,
        said["place"],
        *map(_day, said["days"]),
        _known(said["visits"], said),
        said["asked_visits"],
        _known(said["minutes"], said),
        said["asked_minutes"],
        *windows,
        _known(said["gap_minutes"], said),
        *(theirs.number for theirs in one.orgs),
        " · ".join(filter(None, (one.whose, one.why))),
    ]


def _day(told: Figures) -> Value:
    """Visits, 0 where some were promised and none made; nothing where none were promised."""
    words = {"unknown": _("no data yet"), "coming": _("still to come"), "none": None}
    return told["visits"] or words.get(told["state"], 0)


def _known(number: int | None, said: Figures) -> Value:
    """A number that is at least so large, once it is not 0, while some have not reported."""
    return _("no data yet") if said["unknown"] and not number else number


def _events(week: Week, figures: Figures, links: Links) -> Table:
    head = [
        _("Place"),
        _("Place code"),
        _("Events"),
        _("Expected from"),
        _("Expected to"),
        *(_("%(what)s, events", what=before) for before in week.before(BASE_WEEKS)),
        _("Events per visit hour"),
        _("Verdict"),
    ]
    rows, _axis, _top = week_rows.seen(figures, links)
    return Table(_("Events"), head, [_seen(one, one.said) for one in rows])


def _seen(one: week_rows.Seen, said: Figures) -> Row:
    expected = said["expected"] or {"low": None, "high": None}
    return [
        one.name,
        said["place"],
        _("no data yet") if said["count"] is None else said["count"],
        expected["low"],
        expected["high"],
        *(_("no data") if count is None else count for count in said["base"]),
        said["rate"],
        one.words,
    ]


def _when(week: Week, figures: Figures) -> Table:
    head = [
        _("Operational day"),
        _("Weekday"),
        _("Hours"),
        _("Events"),
        _("Patrol minutes"),
        _("Promised window"),
    ]
    return Table(_("When"), head, list(_cells(week.days, figures)))


def _cells(days: list[date], figures: Figures) -> Iterator[Row]:
    told = figures["when"]
    for row, day in enumerate(days):
        for column, hour in enumerate(grid.columns()):
            coming = week_rows.is_coming(figures, day, column) and _("still to come")
            yield [
                day.isoformat(),
                moments.weekday(day),
                f"{hour:02}–{(hour + grid.HOURS) % 24:02}",
                told["events"][row][column] or coming or 0,
                told["presence"][row][column] or coming or 0,
                _("yes") if told["promised"][row][column] else _("no"),
            ]
