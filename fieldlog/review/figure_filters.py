"""Filters of the log that only figures link to: what a week counts, and narrower parts of it.

They narrow a day or a week, so that nothing is looked through from beginning to end; each is shown
when it is chosen, to be taken away. Knows nothing of the other filters.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from flask_babel import gettext as _

from fieldlog import problems
from fieldlog.measure import grid
from fieldlog.review import labels, moments

NAMES = ("counted", "ended", "received", "hour")
GONE = dict.fromkeys(NAMES)


def read(args: Mapping[str, str], since: datetime | None, until: datetime | None) -> dict:
    """What they ask of `listing.Filters`. Refused: one without a day or a week, or nonsense."""
    chosen = [name for name in NAMES if args.get(name)]
    if chosen and since is None:
        raise problems.Refused(problems.BAD_REQUEST)
    try:
        return {_FIELD[name]: _READ[name](args[name], since, until) for name in chosen}
    except (ValueError, KeyError) as wrong:
        raise problems.Refused(problems.BAD_REQUEST) from wrong


def shown(args: Mapping[str, str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(name, what it filters, the chosen value in words) of those that are chosen."""
    for name in NAMES:
        if args.get(name):
            value = args[name]
            label, said = _SAID[name](value)
            yield name, label, {value: said}


def write_moment(moment: datetime) -> str:
    """A moment for an address, to the microsecond: a freeze may lie between two pushes."""
    return moment.astimezone(moments.zone()).isoformat()


def _hours(value: str, since: datetime, until: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """The three hours from `value` of each operational day in the span."""
    column = grid.columns().index(int(value))
    found, day = [], moments.operational_day(since)
    while day < moments.operational_day(until):
        found.append(moments.hours_of(day, column * grid.HOURS, grid.HOURS))
        day += timedelta(days=1)
    return tuple(found)


def _hour_says(value: str) -> tuple[str, str]:
    first = int(value)
    return _("Hours"), f"{first:02}–{(first + grid.HOURS) % 24:02}"


_FIELD = {
    "counted": "counted",
    "ended": "ended_by",
    "received": "received_after",
    "hour": "hours",
}
_READ = {
    "counted": lambda value, *_: {"1": True}[value],
    "ended": lambda value, *_: {code: code for code in labels.ENDINGS}[value],
    "received": lambda value, *_: moments.aware(value),
    "hour": _hours,
}
_SAID = {
    "counted": lambda _value: (_("Counting"), _("what the week counts")),
    "ended": lambda value: (_("Ending"), labels.of(labels.ENDINGS, value)),
    "received": lambda value: (
        _("Received"),
        _("after %(when)s", when=moments.stamp(moments.aware(value))),
    ),
    "hour": _hour_says,
}
