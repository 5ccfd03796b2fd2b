"""Before and after: the printed figures, and scipy on 1 000 random cases."""

from math import inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fieldlog.measure import evaluation
from fieldlog.measure.evaluation import Change

TREATED, COMPARED = Change(207, 110), Change(308, 318)
COUNTS = st.integers(1, 500)


def test_the_printed_ratio():
    found = evaluation.relative_ratio(TREATED, COMPARED)
    assert round(found.value, 4) == 0.5147
    assert (round(found.low, 4), round(found.high, 4)) == (0.3893, 0.6806)


def test_the_printed_difference():
    found = evaluation.weighted_difference(TREATED, COMPARED, Change(178, 157), Change(150, 140))
    assert found.value == -118
    assert (round(found.error, 3), round(found.z, 2)) == (39.598, -2.98)


def test_no_difference_is_taken_where_the_areas_did_not_begin_alike():
    assert evaluation.weighted_difference(Change(100, 50), Change(150, 150)) is not None
    assert evaluation.weighted_difference(Change(100, 50), Change(151, 150)) is None
    assert evaluation.weighted_difference(Change(151, 50), Change(100, 150)) is None
    assert evaluation.weighted_difference(Change(0, 5), Change(0, 1)) is None


def test_the_printed_e_tests():
    assert round(evaluation.e_test(0, 3), 5) == 0.08838
    assert round(evaluation.e_test(6, 2), 5) == 0.17487


def test_the_e_test_against_scipy():
    """And against the plain sum over all pairs: scipy rounds away some that are just as extreme."""
    dice = np.random.default_rng(2004)
    pairs, exposures = dice.integers(1, 25, (1000, 2)), dice.uniform(0.5, 4, (1000, 2))
    pairs[:100, 0] = 0
    alike = 0
    for (before, after), (first, second) in zip(pairs.tolist(), exposures.tolist(), strict=True):
        found = evaluation.e_test(before, after, first, second)
        oracle = stats.poisson_means_test(before, first, after, second).pvalue
        assert found == pytest.approx(_summed(before, after, first, second), abs=1e-9)
        assert oracle <= found + 1e-9
        alike += abs(found - oracle) < 1e-9
    assert alike > 900


def _summed(before, after, first, second):
    x = np.arange(130)
    rate = (before + after) / (first + second)
    chance = np.outer(stats.poisson.pmf(x, rate * first), stats.poisson.pmf(x, rate * second))
    error = np.sqrt(np.add.outer(x / first**2, x / second**2))
    error[0, 0] = 1
    extreme = np.abs(np.subtract.outer(x / first, x / second)) / error
    return chance[extreme >= extreme[before, after] - 1e-12].sum()


def test_a_ratio_against_scipy():
    dice = np.random.default_rng(1940)
    for before, after in dice.integers(0, 300, (1000, 2)).tolist():
        first, second = dice.uniform(0.5, 4, 2)
        found = evaluation.rate_ratio(before, after, first, second)
        share = stats.binomtest(after, before + after).proportion_ci(0.95, method="exact")
        low, high = (p / (1 - p) * first / second if p < 1 else inf for p in share)
        assert (found.low, found.high) == pytest.approx((low, high), rel=1e-7, abs=1e-12)


def test_a_ratio_to_nothing_has_only_a_lower_end_and_nothing_to_nothing_is_unknown():
    found = evaluation.rate_ratio(0, 3)
    assert (found.value, found.high) == (inf, inf)
    assert found.low == pytest.approx(0.4132, abs=1e-4)
    assert evaluation.rate_ratio(0, 0) is None


@pytest.mark.parametrize(("mean", "ratio"), [(3, 1), (8, 0.5), (15, 0.8)])
def test_the_interval_of_a_ratio_holds_it_at_least_as_often_as_it_says(mean, ratio):
    reach = range(45)
    held = sum(
        stats.poisson.pmf(a, mean) * stats.poisson.pmf(b, mean * ratio)
        for a in reach
        for b in reach
        if not (found := evaluation.rate_ratio(a, b)) or found.low <= ratio <= found.high
    )
    assert held >= 0.95


@given(COUNTS, COUNTS, COUNTS, COUNTS, st.floats(1, 9))
def test_a_ratio_turned_round_is_its_inverse_and_spread_only_widens(t0, t1, c0, c1, spread):
    found = evaluation.relative_ratio(Change(t0, t1), Change(c0, c1), spread)
    turned = evaluation.relative_ratio(Change(t1, t0), Change(c1, c0), spread)
    narrow = evaluation.relative_ratio(Change(t0, t1), Change(c0, c1))
    assert turned.low == pytest.approx(1 / found.high)
    assert found.low <= narrow.low * (1 + 1e-12)
    width = log(found.high / found.low)
    assert width == pytest.approx(log(narrow.high / narrow.low) * spread**0.5)


def test_a_ratio_with_an_empty_cell_is_unknown():
    assert evaluation.relative_ratio(Change(3, 0), Change(5, 5)) is None


def test_the_spread_is_pearsons_over_its_degrees_of_freedom_and_never_under_one():
    assert evaluation.dispersion([[4, 4, 4], [2, 2]]) == 1
    assert evaluation.dispersion([[0, 10], [5, 5, 5]]) == pytest.approx(10 / 3)
    assert evaluation.dispersion([[], [0, 0], [7]]) == 1
    dice = np.random.default_rng(3)
    for _ in range(1000):
        series = dice.poisson(dice.uniform(1, 20), (2, 13))
        chi2 = sum(stats.chisquare(one).statistic for one in series if one.sum())
        df = sum(12 for one in series if one.sum())
        assert evaluation.dispersion(series.tolist()) == pytest.approx(max(1, chi2 / df))


def test_two_sided_against_scipy():
    for z in np.random.default_rng(5).normal(0, 3, 1000):
        assert evaluation.two_sided(z) == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-9)
