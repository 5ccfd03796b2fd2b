"""Tails and quantiles of counts against scipy, on 1 000 random cases each."""

import numpy as np
import pytest
from scipy import stats

from fieldlog.measure import tails

CASES = 1000


@pytest.fixture
def dice():
    return np.random.default_rng(1837)


def near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-200)


def test_poisson(dice):
    for mean in dice.uniform(0.01, 400, CASES):
        k = int(stats.poisson.ppf(dice.uniform(), mean))
        assert tails.poisson(k, mean) == near(stats.poisson.pmf(k, mean))
        assert tails.poisson_at_most(k, mean) == near(stats.poisson.cdf(k, mean))
        assert tails.poisson_at_least(k, mean) == near(stats.poisson.sf(k - 1, mean))


def test_binomial(dice):
    for n, chance in zip(dice.integers(1, 400, CASES), dice.uniform(0, 1, CASES), strict=True):
        k = int(dice.integers(0, n + 1))
        assert tails.binomial_at_most(k, n, chance) == near(stats.binom.cdf(k, n, chance))


def test_negative_binomial(dice):
    for size, prob in zip(
        dice.uniform(0.5, 300, CASES), dice.uniform(0.05, 0.99, CASES), strict=True
    ):
        k = int(stats.nbinom.ppf(dice.uniform(), size, prob))
        assert tails.negative_binomial_at_most(k, size, prob) == near(
            stats.nbinom.cdf(k, size, prob)
        )
        assert tails.negative_binomial_at_least(k, size, prob) == near(
            stats.nbinom.sf(k - 1, size, prob)
        )


def test_the_quantile_of_a_count(dice):
    for mean, share in zip(dice.uniform(0.01, 200, CASES), dice.uniform(0, 1, CASES), strict=True):
        found = tails.least(lambda k, mean=mean: tails.poisson_at_most(k, mean), share)
        assert found == stats.poisson.ppf(share, mean)


def test_what_cannot_be_has_no_chance():
    assert tails.poisson(0, 0) == 1
    assert tails.poisson(3, 0) == 0
    assert tails.poisson_at_most(-1, 2) == 0
    assert tails.binomial_at_most(-1, 3, 0.5) == 0
    assert tails.negative_binomial_at_most(-1, 2, 0.5) == 0
