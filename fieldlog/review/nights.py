"""The last thirty nights of each node: which ran, which did not, and a sentence for what did not.

A night not heard of is not known: it is never drawn as one that did not run.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from fieldlog import config
from fieldlog.access import sight
from fieldlog.access.guard import guard
from fieldlog.review import counts, moments
from fieldlog.review.door import door
from fieldlog.store import heard, nights_list, reached

NIGHTS = 30
EVENINGS = 7
# By this time after the operational day's end, a night that was to run has run.
GRACE = timedelta(hours=24)


@dataclass(frozen=True)
class Square:
    """One night: `kind` is ran, remark, missed, unknown or coming."""

    night: date
    kind: str
    words: str


@dataclass(frozen=True)
class Row:
    """A node's nights, oldest first, with what is to be said of them."""

    name: str
    squares: list[Square]
    last: str
    sentences: list[tuple[str, str]]
    summary: str
    audit: str | None


@door.get("/nights")
@guard("nights.read")
def nights():
    """Thirty nights for every node."""
    now = datetime.now(UTC)
    today = moments.operational_day(now)
    days = [today - timedelta(days=back) for back in reversed(range(1, NIGHTS + 1))]
    runs = nights_list.since(days[0])
    return render_template(
        "review/nights.html",
        rows=list(_rows(runs, days)),
        days=days,
        evenings=_evenings([*days[-EVENINGS + 1 :], today], now),
    )


@dataclass(frozen=True)
class Evening:
    """What was written an operational day: `kind` is some, none (hollow: everyone has been heard
    since, and nobody wrote) or unknown (hatched).
    """

    day: date
    kind: str
    parts: list[counts.Part]


def squares(runs: Iterable, days: list[date], known_from: date | None) -> list[Square]:
    """A square for each of `days`: nights before the node was first heard of are not known."""
    best = {}
    for run in runs:
        best[run.night] = _better(best.get(run.night), run)
    return [_square(day, best.get(day), known_from) for day in days]


def _rows(runs: list, days: list[date]) -> Iterable[Row]:
    by_node = defaultdict(list)
    for run in runs:
        by_node[run.node].append(run)
    for name, since in _nodes(by_node):
        own = by_node.get(name, [])
        drawn = squares(own, days, since)
        said = list(_sentences(drawn))
        yield Row(name, drawn, _last(own), said, _summary(drawn), _audit(own))


def _evenings(days: list[date], now: datetime) -> list[Evening]:
    """The newest first; nothing for who may see no phone's reports."""
    orgs = sight.device_orgs(current_user)
    if not orgs:
        return []
    nodes, found = counts.has_nodes(), []
    for day in reversed(days):
        told = reached.of(orgs, counts.day(day, now), at_centre=counts.at_centre())
        wrote = told.phones or told.centre or told.in_quarantine
        closed = moments.day_bounds(day)[1] <= now
        kind = "some" if wrote else "none" if closed and told.phones == 0 else "unknown"
        found.append(Evening(day, kind, counts.parts(told, day, nodes=nodes)))
    return found


def _nodes(by_node: dict) -> list[tuple[str, date | None]]:
    """Every node known here or heard of, with the first night heard of: none before is known."""
    here = config.current()
    known = {node.device.name for node in heard.nodes()} | set(by_node) | {here.name}
    return [
        (name, min((run.night for run in by_node.get(name, [])), default=None))
        for name in sorted(known)
    ]


def _square(day: date, run, known_from: date | None) -> Square:
    if run is not None:
        return Square(day, *_outcome(run))
    if known_from is None or day < known_from:
        return Square(day, "unknown", _("no report from the node"))
    ended = moments.day_bounds(day)[1]
    if datetime.now(UTC) < ended + GRACE:
        return Square(day, "unknown", _("no report yet"))
    return Square(day, "missed", _("did not run"))


def _outcome(run) -> tuple[str, str]:
    if run.outcome == "ok":
        return "ran", _("ran")
    if run.outcome == "failed":
        return "missed", _("failed") if run.finished_at else _("was cut off")
    if (run.detail or {}).get("check", {}).get("faults"):
        return "missed", _("ran, and found faults in what is kept")
    if run.finished_at is None:
        return "remark", _("began, and has not said that it ended")
    return "remark", _("ran with a remark: not all is at the centre yet")


def _better(one, other):
    """Of two runs of a night the one that came furthest: a failed try made good is good."""
    rank = {"ok": 3, "remark": 2, None: 1, "failed": 0}
    if one is None or rank.get(other.outcome, 1) >= rank.get(one.outcome, 1):
        return other
    return one


def _last(runs: list) -> str:
    ended = [run for run in runs if run.finished_at]
    if not ended:
        return _("No report yet. That is not the same as nights that did not run.")
    run = max(ended, key=lambda run: run.finished_at)
    took = (run.finished_at - run.started_at).total_seconds()
    said = _(
        "%(sent)d sent, %(verified)d verified, %(refused)d refused, %(time)s",
        sent=run.sent,
        verified=run.verified,
        refused=run.refused,
        time=moments.length(took),
    )
    return f"{said}; {_checked(run)}" if _checked(run) else said


def _audit(runs: list) -> str | None:
    """The head of the node's audit log as its last night gave it."""
    heads = [run.detail["audit"] for run in runs if (run.detail or {}).get("audit")]
    return heads[-1] if heads else None


def _checked(run) -> str:
    """What the night went through and found; empty for a run that only brought."""
    check = (run.detail or {}).get("check")
    if check is None:
        return ""
    faults = len(check["faults"])
    return ngettext(
        "%(n)d entries checked, %(num)d fault",
        "%(n)d entries checked, %(num)d faults",
        faults,
        n=check["entries"],
    )


def _sentences(drawn: list[Square]) -> Iterable[tuple[str, str]]:
    """For each night that did not go right, newest first: its name and what became of it."""
    for at in reversed(range(len(drawn))):
        square = drawn[at]
        if square.kind not in ("missed", "remark"):
            continue
        healed = next((later for later in drawn[at + 1 :] if later.kind == "ran"), None)
        after = (
            _("The night of %(day)s caught up.", day=moments.day(healed.night))
            if healed
            else _("No later night has caught up yet.")
        )
        yield (
            square.kind,
            _(
                "The night of %(day)s: %(what)s. %(after)s",
                day=moments.day(square.night),
                what=square.words,
                after=after,
            ),
        )


def _summary(drawn: list[Square]) -> str:
    counts = defaultdict(int)
    for square in drawn:
        counts[square.words] += 1
    said = ", ".join(f"{number} {words}" for words, number in counts.items())
    return _("%(n)d nights: %(said)s", n=len(drawn), said=said)
