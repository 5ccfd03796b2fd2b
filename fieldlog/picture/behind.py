"""The visits behind one figure of a week's presence, chosen as the figure itself chooses them.

Knows no words and no page; of a visit no more than place, time, length and organisation is told.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from fieldlog.measure import dose
from fieldlog.measure.spans import MINUTE, Span
from fieldlog.measure.week import operational_day
from fieldlog.picture.presence import Frame, presence_grid


@dataclass(frozen=True)
class Choice:
    """What the figure counts. None: whichever. `begun`: stays that began on that day. `within`:
    only what of the visits lies there, a cell or a day of the grid. `ended_by`: as it was ended."""

    place: str | None = None
    org: str | None = None
    callouts: bool = False
    begun: date | None = None
    within: Span | None = None
    ended_by: str | None = None


@dataclass(frozen=True)
class Counted:
    """One visit, cut as it is counted. `joins`: it is one stay with the one above it."""

    row: sa.Row
    span: Span
    joins: bool

    @property
    def minutes(self) -> float:
        return (self.span[1] - self.span[0]) / MINUTE


@dataclass(frozen=True)
class Behind:
    """The visits by time, how many stays they are, and their patrol minutes."""

    visits: list[Counted]
    stays: int
    minutes: int


def of(rows: Iterable[sa.Row], frame: Frame, choice: Choice) -> Behind:
    """Of all visits of the week, those that make the figure."""
    found = [(row, cut) for row in rows for cut in _cut(row, frame, choice)]
    by_place = _by_place(found)
    stays = {place: _stays(cuts, frame, choice) for place, cuts in by_place.items()}
    kept = sorted(
        ((row, cut) for row, cut in found if _stay(cut, stays[row.place])),
        key=lambda one: (one[1].span, one[0].rid),
    )
    if choice.within:
        minutes = sum(map(sum, presence_grid(by_place.values(), frame)))
    else:
        minutes = round(sum(map(dose.patrol_minutes, _by_place(kept).values())))
    return Behind(_told(kept, stays), sum(map(len, stays.values())), minutes)


def _cut(row: sa.Row, frame: Frame, choice: Choice) -> list[dose.Visit]:
    if choice.place not in (None, row.place) or choice.org not in (None, row.org):
        return []
    if choice.ended_by and not _is_ended(row, frame, choice.ended_by):
        return []
    visit = dose.Visit(row.observed_at, row.ended_at, row.org, row.crew, row.kind)
    return dose.within([visit], choice.within or frame.span, choice.callouts)


def _by_place(found: Iterable[tuple[sa.Row, dose.Visit]]) -> dict[str, list[dose.Visit]]:
    cuts = defaultdict(list)
    for row, cut in found:
        cuts[row.place].append(cut)
    return cuts


def _is_ended(row: sa.Row, frame: Frame, ended_by: str) -> bool:
    return row.ended_by == ended_by and row.observed_at >= frame.span[0]


def _stays(cuts: list[dose.Visit], frame: Frame, choice: Choice) -> list[Span]:
    stays = dose.merged(cuts)
    return [
        stay
        for stay in stays
        if choice.begun in (None, operational_day(stay[0], frame.zone))
    ]  # fmt: skip


def _stay(cut: dose.Visit, stays: list[Span]) -> Span | None:
    return next((stay for stay in stays if stay[0] <= cut.begins and cut.ends <= stay[1]), None)


def _told(kept: list[tuple], stays: dict[str, list[Span]]) -> list[Counted]:
    told, seen = [], set()
    for row, cut in kept:
        stay = row.place, _stay(cut, stays[row.place])
        told.append(Counted(row, cut.span, stay in seen))
        seen.add(stay)
    return told
