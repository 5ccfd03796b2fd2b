"""Exact intervals for a count, a rate and a share. Knows nothing of what was counted.

Exact: the interval holds the true value at least as often as its level says, however small the
count; for most values it does so more often.
"""

from dataclasses import dataclass

from fieldlog.measure.special import beta_inverse, gamma_inverse

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval, in the unit of the function that gave it."""

    value: float
    low: float
    high: float


def of_count(count: int, level: float = LEVEL) -> Estimate:
    """The mean behind a Poisson count, by Garwood (1936), Biometrika 28:437–442.

    low = ½ χ²(α/2; 2n) and high = ½ χ²(1 − α/2; 2n + 2), here as gamma quantiles with shapes n and
    n + 1. 10 → 4.795–18.390. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"a count of {count}")
    tail = (1 - level) / 2
    low = gamma_inverse(count, tail) if count else 0.0
    return Estimate(float(count), low, gamma_inverse(count + 1, 1 - tail))


def of_rate(count: int, exposure: float, level: float = LEVEL) -> Estimate | None:
    """A Poisson count per unit of exposure; None where the exposure is 0."""
    if exposure <= 0:
        return None
    found = of_count(count, level)
    return Estimate(found.value / exposure, found.low / exposure, found.high / exposure)


def per_visit_hour(events: int, patrol_minutes: float, level: float = LEVEL) -> Estimate | None:
    """Events per hour that somebody was there: events / (patrol minutes / 60); None without any.

    More presence sees more: the count and this rate stand beside each other, never one alone.
    """
    return of_rate(events, patrol_minutes / 60, level)


def of_share(hits: int, tries: int, level: float = LEVEL) -> Estimate | None:
    """A share of tries, by Clopper and Pearson (1934), Biometrika 26:404–413; None without tries.

    low = B(α/2; h, n − h + 1), high = B(1 − α/2; h + 1, n − h), quantiles of the beta.
    Raises ValueError when there are more hits than tries.
    """
    if not 0 <= hits <= tries:
        raise ValueError(f"{hits} of {tries}")
    if not tries:
        return None
    tail = (1 - level) / 2
    low = beta_inverse(hits, tries - hits + 1, tail) if hits else 0.0
    high = beta_inverse(hits + 1, tries - hits, 1 - tail) if hits < tries else 1.0
    return Estimate(hits / tries, low, high)
