"""The incomplete gamma and beta functions and their inverses: what every exact interval and tail
below is made of. Knows nothing of counts.

Series and continued fractions of the NIST Digital Library of Mathematical Functions (8.7.1,
8.9.2 contracted, 8.17.22), the fractions by Lentz's method (Thompson and Barnett 1986). Relative
error about 1e-10 for parameters up to 1e5.
"""

from collections.abc import Callable, Iterator
from math import copysign, exp, inf, lgamma, log, log1p, sqrt

_CLOSE = 1e-15
_TINY = 1e-300
_MOST = 100_000


def gamma_p(a: float, x: float) -> float:
    """P(a, x) = γ(a, x) / Γ(a), the lower regularised incomplete gamma; a > 0, x ≥ 0."""
    if x <= 0:
        return 0.0
    return _gamma_series(a, x) if x < a + 1 else 1 - _gamma_fraction(a, x)


def gamma_q(a: float, x: float) -> float:
    """Q(a, x) = 1 − P(a, x), without the loss of digits that the subtraction has."""
    if x <= 0:
        return 1.0
    return 1 - _gamma_series(a, x) if x < a + 1 else _gamma_fraction(a, x)


def beta_i(a: float, b: float, x: float) -> float:
    """I_x(a, b), the regularised incomplete beta; a, b > 0, 0 ≤ x ≤ 1. 1 − I_x(a, b) is
    I_(1−x)(b, a): ask for the small one."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front / a / _lentz(1.0, _beta_terms(a, b, x))
    return 1 - front / b / _lentz(1.0, _beta_terms(b, a, 1 - x))


def gamma_inverse(a: float, share: float) -> float:
    """The x with P(a, x) = share; 0 for 0, infinite for 1."""
    if share <= 0:
        return 0.0
    if share >= 1:
        return inf
    top = a + 1.0
    while gamma_p(a, top) < share:
        top *= 2
    return _bisect(lambda x: gamma_p(a, x) < share, 0.0, top)


def beta_inverse(a: float, b: float, share: float) -> float:
    """The x in 0–1 with I_x(a, b) = share."""
    if share <= 0 or share >= 1:
        return float(share >= 1)
    return _bisect(lambda x: beta_i(a, b, x) < share, 0.0, 1.0)


def normal_quantile(share: float) -> float:
    """The z with Φ(z) = share, through ½ P(½, z²/2) = Φ(|z|) − ½; 0 < share < 1."""
    return copysign(sqrt(2 * gamma_inverse(0.5, abs(2 * share - 1))), share - 0.5)


def _gamma_series(a: float, x: float) -> float:
    """P by x^a e^−x / Γ(a + 1) · Σ x^n / ((a + 1) … (a + n))."""
    term = total = 1.0
    for n in range(1, _MOST):
        term *= x / (a + n)
        total += term
        if term < total * _CLOSE:
            break
    return total * exp(a * log(x) - x - lgamma(a + 1))


def _gamma_fraction(a: float, x: float) -> float:
    """Q by x^a e^−x / Γ(a) · 1 / (x + 1 − a − 1·(1 − a) / (x + 3 − a − …))."""
    terms = ((-n * (n - a), x + 2 * n + 1 - a) for n in range(1, _MOST))
    return exp(a * log(x) - x - lgamma(a)) / _lentz(x + 1 - a, terms)


def _beta_terms(a: float, b: float, x: float) -> Iterator[tuple[float, float]]:
    """The partial numerators of 8.17.22 over 1, each with its denominator 1."""
    for m in range(_MOST):
        if m:
            yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0


def _lentz(first: float, terms: Iterator[tuple[float, float]]) -> float:
    """first + a₁ / (b₁ + a₂ / (b₂ + …)) for terms (aₙ, bₙ), until it stands still."""
    value = c = first or _TINY
    d = 0.0
    for top, bottom in terms:
        d = 1 / (bottom + top * d or _TINY)
        c = bottom + top / c or _TINY
        value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _bisect(below: Callable[[float], bool], low: float, high: float) -> float:
    """Where `below` turns from true to false, to the last bits."""
    while True:
        middle = (low + high) / 2
        if middle in (low, high) or high - low < high * 1e-14:
            return middle
        low, high = (middle, high) if below(middle) else (low, middle)
