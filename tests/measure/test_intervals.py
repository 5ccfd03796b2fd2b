"""Exact intervals: the printed figures, scipy on 1 000 random cases, and that they hold."""

import numpy as np
import pytest
from scipy import stats

from fieldlog.measure import intervals

CASES = 1000


def test_ten_events_may_be_five_to_eighteen():
    found = intervals.of_count(10)
    assert (round(found.low, 3), round(found.high, 3)) == (4.795, 18.390)


def test_no_event_may_be_three():
    assert intervals.of_count(0).low == 0
    assert intervals.of_count(0).high == pytest.approx(3.6889, abs=1e-4)


def test_a_count_against_scipy():
    dice = np.random.default_rng(1936)
    for count, level in zip(
        dice.integers(0, 2000, CASES), dice.uniform(0.5, 0.999, CASES), strict=True
    ):
        found = intervals.of_count(int(count), level)
        tail = (1 - level) / 2
        low = stats.chi2.ppf(tail, 2 * count) / 2 if count else 0
        assert found.low == pytest.approx(low, rel=1e-9)
        assert found.high == pytest.approx(stats.chi2.isf(tail, 2 * count + 2) / 2, rel=1e-9)


def test_a_share_against_scipy():
    dice = np.random.default_rng(1934)
    for tries, level in zip(
        dice.integers(1, 500, CASES), dice.uniform(0.5, 0.999, CASES), strict=True
    ):
        hits = int(dice.integers(0, tries + 1))
        found = intervals.of_share(hits, int(tries), level)
        exact = stats.binomtest(hits, int(tries)).proportion_ci(level, method="exact")
        assert found.value == pytest.approx(hits / tries)
        assert (found.low, found.high) == pytest.approx(
            (exact.low, exact.high), rel=1e-8, abs=1e-12
        )


@pytest.mark.parametrize("mean", [0.3, 1, 2.5, 7, 20, 60])
def test_the_interval_holds_the_mean_at_least_as_often_as_it_says(mean):
    held = sum(
        stats.poisson.pmf(count, mean)
        for count in range(200)
        if (found := intervals.of_count(count)).low <= mean <= found.high
    )
    assert held >= 0.95


def test_events_per_visit_hour_stand_on_minutes_of_presence():
    found = intervals.per_visit_hour(10, 120)
    assert (found.value, round(found.low, 4), round(found.high, 3)) == (5, 2.3977, 9.195)


def test_without_presence_or_tries_there_is_no_rate():
    assert intervals.per_visit_hour(3, 0) is None
    assert intervals.of_share(0, 0) is None


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(ValueError, match="-1"):
        intervals.of_count(-1)
    with pytest.raises(ValueError, match="5 of 4"):
        intervals.of_share(5, 4)
