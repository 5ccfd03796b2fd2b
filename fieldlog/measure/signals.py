"""Whether a week's count is more than the place's own past leads one to expect. Knows counts
only; says nothing of why.

With base sum S over b weeks of a steady Poisson count and Jeffreys' prior, the next week is
negative binomial: y ~ NB(size S + ½, prob b/(b + 1)). The base's own uncertainty is in it, which
is what keeps false alarms under the nominal rate where a plain mean + 3 SD does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fieldlog.measure import tails

BASE_WEEKS = 13
LEAST_SUM = 6  # below it the page says "too few events" and draws no band
NOMINAL = 0.001  # false alarms per place and steady week, at most
NOMINAL_PAGE = 0.01  # steady weeks in which anything on a page of places is marked, at most
BAND = 0.95

Counts = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Expected:
    """What the base leads one to expect: mean and band of whole counts, both ends in it."""

    mean: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Signal:
    """One place's week. `expected` and `p` are None when the base has too few events or the week
    has no data yet; `adjusted` is p after all places; `alarm`: marked as over what is expected."""

    count: int | None
    expected: Expected | None = None
    p: float | None = None
    adjusted: float | None = None
    alarm: bool = False


def expected(base: Counts, band: float = BAND) -> Expected | None:
    """Mean and central predictive band for the next week; None when the base's sum is under 6.

    Weeks without data (None) are left out of the base, not counted as 0.
    """
    total, weeks = _base(base)
    if total < LEAST_SUM:
        return None
    return _expected(total, weeks, band)


def p_value(base: Counts, count: int) -> float | None:
    """P(Y ≥ count) for the next week; None when the base's sum is under 6."""
    total, weeks = _base(base)
    return _at_least(count, total, weeks) if total >= LEAST_SUM else None


def signals(places: Sequence[tuple[Counts, int | None]]) -> list[Signal]:
    """For each place's (base, this week's count) its Signal, all of one page at once.

    Marked when p ≤ 0.1 % and, adjusted over the places, ≤ 1 %. On steady counts a place is then
    marked in at most 0.1 % of its weeks, and anything on the page in at most 1 % of the weeks.
    """
    ps = [None if count is None else p_value(base, count) for base, count in places]
    tested = iter(adjust([p for p in ps if p is not None]))
    return [
        Signal(count, expected(base))
        if p is None
        else _signal(count, expected(base), p, next(tested))
        for (base, count), p in zip(places, ps, strict=True)
    ]


def adjust(ps: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg (1995), JRSS B 57:289–300: p(i) · m / i, made monotone, in the order
    given. Where nothing has changed anywhere, the least is ≤ q with a chance of at most q."""
    order = sorted(range(len(ps)), key=ps.__getitem__, reverse=True)
    adjusted, least = [1.0] * len(ps), 1.0
    for behind, place in enumerate(order):
        least = min(least, ps[place] * len(ps) / (len(ps) - behind))
        adjusted[place] = least
    return adjusted


def in_fours(weeks: Sequence[int]) -> list[int]:
    """Rare kinds: sums of four weeks, the last four the last sum; older weeks left over are
    dropped. The last is the count, the rest its base. Sums of neighbouring weeks share three
    weeks, so one rise is marked up to four times."""
    first = len(weeks) % 4
    return [sum(weeks[at : at + 4]) for at in range(first, len(weeks), 4)]


def threshold(total: int, weeks: int = BASE_WEEKS, nominal: float = NOMINAL) -> int | None:
    """The least count that gives an alarm after a base of that sum; None when it gives none."""
    if total < LEAST_SUM:
        return None
    size, prob = total + 0.5, weeks / (weeks + 1)
    low = tails.least(lambda k: tails.negative_binomial_at_most(k, size, prob), 1 - nominal)
    return next(k for k in range(low, low + 4) if _at_least(k, total, weeks) <= nominal)


def _signal(count: int, band: Expected | None, p: float, adjusted: float) -> Signal:
    return Signal(count, band, p, adjusted, p <= NOMINAL and adjusted <= NOMINAL_PAGE)


def _base(counts: Counts) -> tuple[int, int]:
    known = [count for count in counts if count is not None]
    return sum(known), len(known)


@lru_cache(maxsize=4096)
def _expected(total: int, weeks: int, band: float) -> Expected:
    size, prob = total + 0.5, weeks / (weeks + 1)

    def at_most(k: int) -> float:
        return tails.negative_binomial_at_most(k, size, prob)

    tail = (1 - band) / 2
    low, high = tails.least(at_most, tail), tails.least(at_most, 1 - tail)
    return Expected(size * (1 - prob) / prob, low, high)


@lru_cache(maxsize=65536)
def _at_least(count: int, total: int, weeks: int) -> float:
    return tails.negative_binomial_at_least(count, total + 0.5, weeks / (weeks + 1))
