"""The incomplete gamma and beta against scipy, on 1 000 random cases each."""

from math import inf

import numpy as np
import pytest
from scipy import special as oracle
from scipy import stats

from fieldlog.measure import special

CASES = 1000


@pytest.fixture
def dice():
    return np.random.default_rng(1936)


def near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-290)


def spread(dice, least, most):
    """Random numbers, as many small as large."""
    return np.exp(dice.uniform(np.log(least), np.log(most), CASES)).tolist()


def test_the_incomplete_gamma(dice):
    for a, ratio in zip(spread(dice, 0.3, 1e4), spread(dice, 0.1, 5), strict=True):
        x = a * ratio
        assert special.gamma_p(a, x) == near(oracle.gammainc(a, x))
        assert special.gamma_q(a, x) == near(oracle.gammaincc(a, x))


def test_the_incomplete_beta(dice):
    for a, b, x in zip(
        spread(dice, 0.3, 1e4), spread(dice, 0.3, 1e4), dice.uniform(0, 1, CASES), strict=True
    ):
        assert special.beta_i(a, b, x) == near(oracle.betainc(a, b, x))


def test_the_inverses(dice):
    for a, b, share in zip(
        spread(dice, 0.5, 1e3),
        spread(dice, 0.5, 1e3),
        dice.uniform(1e-4, 0.9999, CASES),
        strict=True,
    ):
        assert special.gamma_inverse(a, share) == near(oracle.gammaincinv(a, share))
        assert special.beta_inverse(a, b, share) == near(oracle.betaincinv(a, b, share))


def test_the_normal_quantile(dice):
    for share in dice.uniform(1e-5, 1 - 1e-5, CASES):
        assert special.normal_quantile(share) == pytest.approx(stats.norm.ppf(share), abs=1e-9)


def test_the_ends():
    assert special.gamma_p(3, 0) == 0
    assert special.gamma_q(3, 0) == 1
    assert (special.beta_i(2, 3, 0), special.beta_i(2, 3, 1)) == (0, 1)
    assert (special.gamma_inverse(2, 0), special.gamma_inverse(2, 1)) == (0, inf)
    assert (special.beta_inverse(2, 3, 0), special.beta_inverse(2, 3, 1)) == (0, 1)
