"""How likely a count is: tails and quantiles of the Poisson, binomial and negative binomial
distributions, from the functions in `special`. Knows nothing of what was counted.
"""

from collections.abc import Callable
from math import exp, lgamma, log

from fieldlog.measure.special import beta_i, gamma_p, gamma_q


def poisson(k: int, mean: float) -> float:
    """P(Y = k) = mean^k e^−mean / k!"""
    if mean == 0:
        return float(k == 0)
    return exp(k * log(mean) - mean - lgamma(k + 1))


def poisson_at_most(k: int, mean: float) -> float:
    """P(Y ≤ k) = Q(k + 1, mean)."""
    return gamma_q(k + 1, mean) if k >= 0 else 0.0


def poisson_at_least(k: int, mean: float) -> float:
    """P(Y ≥ k) = P(k, mean), the incomplete gamma."""
    return gamma_p(k, mean) if k > 0 else 1.0


def binomial_at_most(k: int, n: int, chance: float) -> float:
    """P(Y ≤ k) = I_(1−chance)(n − k, k + 1)."""
    if k < 0:
        return 0.0
    return beta_i(n - k, k + 1, 1 - chance) if k < n else 1.0


def negative_binomial_at_most(k: int, size: float, prob: float) -> float:
    """P(Y ≤ k) = I_prob(size, k + 1), for Y with mean size · (1 − prob) / prob."""
    return beta_i(size, k + 1, prob) if k >= 0 else 0.0


def negative_binomial_at_least(k: int, size: float, prob: float) -> float:
    """P(Y ≥ k) = I_(1−prob)(k, size)."""
    return beta_i(k, size, 1 - prob) if k > 0 else 1.0


def least(at_most: Callable[[int], float], share: float) -> int:
    """The smallest k with P(Y ≤ k) ≥ share: the quantile of a count."""
    high = 1
    while at_most(high) < share:
        high *= 2
    low = -1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if at_most(middle) >= share else (middle, high)
    return high
