"""What could be seen at all."""

from collections import Counter

import numpy as np
import pytest
from scipy import stats

from fieldlog.measure import evaluation, power, signals


def test_a_doubling_at_mean_ten_is_found_as_often_as_computed():
    weeks = 10_000
    computed = power.of_signal(10, 2)
    dice = np.random.default_rng(2)
    bases = dice.poisson(10, (weeks, 13)).tolist()
    doubled = dice.poisson(20, weeks).tolist()
    found = sum(
        signals.signals([(base, now)])[0].alarm for base, now in zip(bases, doubled, strict=True)
    )
    assert 0.25 < computed < 0.35
    assert found / weeks == pytest.approx(
        computed, abs=3 * (computed * (1 - computed) / weeks) ** 0.5
    )


@pytest.mark.parametrize(("before", "drop"), [(20, 0.75), (50, 0.50), (200, 0.30)])
def test_the_printed_drops(before, drop):
    assert power.detectable_drop(before) == drop


def test_with_hardly_any_events_not_even_an_end_to_them_would_show():
    assert power.detectable_drop(0) is None
    assert power.detectable_drop(5) is None
    assert power.detectable_drop(10) == 0.95


@pytest.mark.parametrize(("before", "drop"), [(20, 0.7), (50, 0.5)])
def test_the_power_of_a_comparison_is_that_of_the_interval_it_is_shown_with(before, drop):
    dice = np.random.default_rng(before)
    pairs = dice.poisson([before, before * (1 - drop)], (4000, 2)).tolist()
    often = Counter(map(tuple, pairs))
    shown = sum(n for (a, b), n in often.items() if a and evaluation.rate_ratio(a, b).high < 1)
    computed = power.of_comparison(before, drop)
    assert shown / 4000 == pytest.approx(
        computed, abs=3 * (computed * (1 - computed) / 4000) ** 0.5
    )


def test_the_power_of_a_comparison_against_scipy():
    a = np.arange(200)
    most = [max((b for b in range(x + 1) if stats.binom.cdf(b, x + b, 0.5) <= 0.025), default=-1)
            for x in range(200)]  # fmt: skip
    dice = np.random.default_rng(80)
    for before, drop in zip(dice.uniform(1, 90, 1000), dice.uniform(0, 1, 1000), strict=True):
        oracle = stats.poisson.pmf(a, before) @ stats.poisson.cdf(most, before * (1 - drop))
        assert power.of_comparison(before, drop) == pytest.approx(oracle, abs=1e-9)
