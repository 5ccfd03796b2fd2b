"""What could be seen at all: how often the weekly signal finds a rise, and the least drop that a
before/after comparison would show. Knows counts only.

Below what could be seen the page says "too few events to conclude" and draws no arrow.
"""

from functools import lru_cache
from math import sqrt

from fieldlog.measure import signals, tails

ALPHA = 0.05
POWER = 0.80
STEP = 0.05


def of_signal(
    mean: float,
    factor: float,
    weeks: int = signals.BASE_WEEKS,
    nominal: float = signals.NOMINAL,
) -> float:
    """The chance that one week of `factor` times the steady `mean` gives an alarm, for one place.

    Σ over base sums S of P(S) · P(Y ≥ threshold(S)), S ~ Poisson(weeks · mean) and
    Y ~ Poisson(factor · mean). With factor 1 it is the true rate of false alarms.
    """
    found = 0.0
    for total in _likely(weeks * mean):
        least = signals.threshold(total, weeks, nominal)
        if least is not None:
            seen = tails.poisson_at_least(least, factor * mean)
            found += tails.poisson(total, weeks * mean) * seen
    return found


def of_comparison(before: float, drop: float, alpha: float = ALPHA) -> float:
    """The chance that a drop by that share shows, with `before` events expected in the first of
    two equal periods: Σ over a of P(a) · P(b ≤ the most that shows after a).

    Shows: the exact conditional test, two-sided at alpha, says fewer (P(B ≤ b) ≤ α/2 for
    B ~ Binomial(a + b, ½)), as the interval of `evaluation.rate_ratio` does.
    """
    return sum(
        tails.poisson(a, before) * tails.poisson_at_most(_most(a, alpha), before * (1 - drop))
        for a in _likely(before)
    )


@lru_cache(maxsize=1024)
def detectable_drop(
    before: int, alpha: float = ALPHA, power: float = POWER, step: float = STEP
) -> float | None:
    """The least drop, as a share in steps of 5 %, that would show in 80 % of the cases; None when
    not even an end to all events would. 20 → 0.75, 50 → 0.50, 200 → 0.30.
    """
    steps = round(1 / step)
    low, high = 0, steps + 1
    while high - low > 1:
        middle = (low + high) // 2
        enough = of_comparison(before, middle / steps, alpha) >= power
        low, high = (low, middle) if enough else (middle, high)
    return high / steps if high <= steps else None


def _likely(mean: float) -> range:
    """The counts that hold all but some 1e-12 of a Poisson distribution."""
    reach = 8 * sqrt(mean) + 20
    return range(max(0, int(mean - reach)), int(mean + reach) + 1)


@lru_cache(maxsize=16384)
def _most(a: int, alpha: float) -> int:
    """The most events after that are significantly fewer than `a` before; −1 when none are."""
    low, high = -1, a
    while high - low > 1:
        middle = (low + high) // 2
        fewer = tails.binomial_at_most(middle, a + middle, 0.5) <= alpha / 2
        low, high = (middle, high) if fewer else (low, middle)
    return low
