"""Before and after: did anything change, and how sure can one be? Knows counts and lengths of
periods only.

The ratio with a comparison area is the default form; the difference is allowed only where the
areas began alike. Regression to the mean, reporting effort, season and displacement are not in
any of these figures and have to be said beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, inf, log, sqrt
from typing import NamedTuple

from fieldlog.measure.intervals import LEVEL, Estimate, of_share
from fieldlog.measure.special import normal_quantile
from fieldlog.measure.tails import poisson

ALIKE = 1.5  # baselines within this factor, or no difference is taken


class Change(NamedTuple):
    """Events before and after, in two periods of equal length."""

    before: int
    after: int


NOWHERE = Change(0, 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """Events more (less: negative) than the comparison leads one to expect; z is value / error."""

    value: float
    error: float
    z: float


def rate_ratio(
    before: int,
    after: int,
    exposure_before: float = 1,
    exposure_after: float = 1,
    level: float = LEVEL,
) -> Estimate | None:
    """(after / exposure) / (before / exposure) with the exact conditional interval.

    Given their sum, `after` is binomial with share ρ·e₁/(e₀ + ρ·e₁); the ends of its exact interval
    (Clopper–Pearson) turn into ρ = share / (1 − share) · e₀ / e₁. Przyborowski and Wilenski (1940),
    Biometrika 31:313–323. `value` and `high` are infinite for 0 before; None for no events at all.
    """
    share = of_share(after, before + after, level)
    if share is None:
        return None
    scale = exposure_before / exposure_after
    return Estimate(*(_odds(part) * scale for part in (share.value, share.low, share.high)))


def e_test(before: int, after: int, exposure_before: float = 1, exposure_after: float = 1) -> float:
    """Two-sided p of equal rates: the E-test of Krishnamoorthy and Thomson (2004), J. Statist.
    Plann. Inference 119:23–35; more powerful than the conditional test. (0, 3) → 0.08838.

    P(|T| ≥ |t|) for T = (x₀/e₀ − x₁/e₁) / √(x₀/e₀² + x₁/e₁²) and Poisson counts of the pooled rate.
    """
    if before + after == 0:
        return 1.0
    rate = (before + after) / (exposure_before + exposure_after)
    seen = _statistic(before, after, exposure_before, exposure_after) * (1 - 1e-12)
    after_chances = _chances(rate * exposure_after)
    return sum(
        chance * other_chance
        for x, chance in _chances(rate * exposure_before)
        for y, other_chance in after_chances
        if _statistic(x, y, exposure_before, exposure_after) >= seen
    )


def relative_ratio(
    treated: Change, compared: Change, spread: float = 1, level: float = LEVEL
) -> Estimate | None:
    """The ratio of the treated area over that of the comparison (RIRR), with its interval.

    ln RIRR = ln(T₁/T₀) − ln(C₁/C₀), SE = √φ · √(1/T₀ + 1/T₁ + 1/C₀ + 1/C₁), φ = `spread` ≥ 1 from
    `dispersion`. 207→110 against 308→318 gives 0.5147 (0.3893–0.6806). None when any count is 0.
    Wilson (2022), J. Quant. Criminology 38:323–341.
    """
    counts = (*treated, *compared)
    if min(counts) <= 0:
        return None
    middle = log(treated.after / treated.before) - log(compared.after / compared.before)
    error = sqrt(max(1, spread) * sum(1 / count for count in counts))
    reach = normal_quantile((1 + level) / 2) * error
    return Estimate(exp(middle), exp(middle - reach), exp(middle + reach))


def dispersion(series: Sequence[Sequence[int]]) -> float:
    """φ = max(1, Pearson χ² / df) of the weekly counts, each series about its own mean.

    χ² = ΣΣ (y − ȳ)² / ȳ, df = Σ (n − 1). 1 is a Poisson count's; series without events say nothing.
    """
    chi2, df = 0.0, 0
    for counts in series:
        mean = sum(counts) / len(counts) if counts else 0
        if mean:
            chi2 += sum((count - mean) ** 2 for count in counts) / mean
            df += len(counts) - 1
    return max(1.0, chi2 / df) if df else 1.0


def weighted_difference(
    treated: Change,
    compared: Change,
    displaced: Change = NOWHERE,
    displaced_compared: Change = NOWHERE,
) -> Difference | None:
    """The weighted displacement difference, Wheeler and Ratcliffe (2018), Crime Science 7:11.

    (ΔT − ΔC) + (ΔTd − ΔCd), variance the sum of all eight counts. None unless T₀ and C₀ lie within
    a factor of 1.5: beyond it a common trend alone would make a difference. 207→110 and 308→318,
    with 178→157 and 150→140 beside them, give −118, SE 39.598, Z −2.98.
    """
    low, high = sorted((treated.before, compared.before))
    if not low or high / low > ALIKE:
        return None
    areas = (treated, displaced, compared, displaced_compared)
    moved = [area.after - area.before for area in areas]
    value = moved[0] + moved[1] - moved[2] - moved[3]
    error = sqrt(sum(sum(area) for area in areas))
    return Difference(float(value), error, value / error)


def two_sided(z: float) -> float:
    """P(|Z| ≥ |z|) of a standard normal: erfc(|z| / √2)."""
    return erfc(abs(z) / sqrt(2))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf


def _statistic(x: int, y: int, first: float, second: float) -> float:
    variance = x / first**2 + y / second**2
    return abs(x / first - y / second) / sqrt(variance) if variance else 0.0


def _chances(mean: float) -> list[tuple[int, float]]:
    """The counts that are at all likely with that mean, each with its chance."""
    reach = 8 * sqrt(mean) + 20
    return [(k, poisson(k, mean)) for k in range(max(0, int(mean - reach)), int(mean + reach) + 1)]
