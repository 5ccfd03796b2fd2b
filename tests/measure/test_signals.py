"""The weekly signal: the worked week, the promised rate of false alarms, many places at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fieldlog.measure import power, signals
from fieldlog.measure.signals import Expected

HAGGVIK = [1, 2, 3, 2, 1, 2, 3, 2, 2, 1, 3, 2, 2]
TUREBERG = [6, 7, 5, 9, 8, 6, 7, 6, 8, 7, 5, 8, 9]
QUIET = [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]
STEADY = 10_000


@pytest.mark.parametrize(
    ("base", "low", "high"),
    [(HAGGVIK, 0, 5), (TUREBERG, 2, 13), ([3, 4, 2, 5, 3, 4, 3, 2, 4, 3, 5, 4, 3], 0, 8)],
)
def test_the_band_is_what_the_own_thirteen_weeks_lead_one_to_expect(base, low, high):
    found = signals.expected(base)
    assert (found.low, found.high) == (low, high)
    assert found.mean == pytest.approx((sum(base) + 0.5) / 13)


def test_the_worked_week():
    assert round(signals.p_value(HAGGVIK, 9), 4) == 0.0006
    marked, plain = signals.signals([(HAGGVIK, 9), (TUREBERG, 8)])
    assert marked.alarm
    assert marked.adjusted == pytest.approx(2 * marked.p)
    assert not plain.alarm


def test_against_scipy():
    dice = np.random.default_rng(13)
    for weeks, mean, band in zip(
        dice.integers(1, 27, 1000),
        dice.uniform(1, 30, 1000),
        dice.uniform(0.5, 0.99, 1000),
        strict=True,
    ):
        base = [6, *dice.poisson(mean, int(weeks)).tolist()]
        oracle = stats.nbinom(sum(base) + 0.5, len(base) / (len(base) + 1))
        count = int(dice.poisson(2 * mean))
        assert signals.p_value(base, count) == pytest.approx(oracle.sf(count - 1), rel=1e-9)
        found = signals.expected(base, band)
        assert found == Expected(
            pytest.approx(oracle.mean()), oracle.ppf((1 - band) / 2), oracle.ppf((1 + band) / 2)
        )


def test_too_few_events_give_no_band_no_p_and_no_alarm():
    assert signals.expected(QUIET) is None
    assert signals.signals([(QUIET, 40)]) == [signals.Signal(40)]
    assert signals.threshold(5) is None


def test_weeks_without_data_are_left_out_and_not_taken_for_calm():
    silent = [None, *HAGGVIK[1:-1], None]
    assert signals.expected(silent) == signals.expected(HAGGVIK[1:-1])
    assert signals.expected(silent) != signals.expected([0, *HAGGVIK[1:-1], 0])


def test_a_week_without_data_yet_has_a_band_and_no_p():
    (found,) = signals.signals([(HAGGVIK, None)])
    assert found == signals.Signal(None, signals.expected(HAGGVIK))


@pytest.mark.parametrize("mean", [0.8, 1, 2, 3, 5, 10, 20, 30])
def test_the_true_rate_of_false_alarms_is_as_printed(mean):
    assert power.of_signal(mean, 1) <= 0.0008


@pytest.mark.parametrize("mean", [50, 100, 200])
def test_the_true_rate_of_false_alarms_never_exceeds_the_nominal(mean):
    assert power.of_signal(mean, 1) <= signals.NOMINAL


@pytest.mark.parametrize("mean", [1, 3, 10, 30])
def test_ten_thousand_steady_weeks_give_no_more_false_alarms_than_nominal(mean):
    dice = np.random.default_rng(1000 + mean)
    weeks = dice.poisson(mean, (STEADY, 14)).tolist()
    alarms = sum(signals.signals([(base, now)])[0].alarm for *base, now in weeks)
    assert alarms <= signals.NOMINAL * STEADY


def test_of_ten_thousand_steady_pages_no_more_than_nominal_mark_anything():
    dice = np.random.default_rng(20)
    means = np.array([1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 7, 8, 8, 10, 10, 12, 15, 20, 25, 30])
    marked = 0
    for page in dice.poisson(means[:, None], (STEADY // 5, len(means), 14)).tolist():
        marked += any(found.alarm for found in signals.signals([(p[:13], p[13]) for p in page]))
    assert marked <= signals.NOMINAL_PAGE * STEADY / 5


def test_mean_and_three_deviations_would_cry_wolf_twenty_times_as_often():
    """EARS C1, for comparison: above mean + 3 SD of the seven weeks before."""
    dice = np.random.default_rng(7)
    rates = []
    for mean in (1, 2, 5, 10, 30):
        weeks = dice.poisson(mean, (4 * STEADY, 8))
        base = weeks[:, :7]
        over = weeks[:, 7] > base.mean(axis=1) + 3 * base.std(axis=1, ddof=1)
        rates.append(over.mean())
    assert min(rates) > 0.015


@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusting_against_scipy(ps):
    oracle = stats.false_discovery_control(ps).tolist() if ps else []
    assert signals.adjust(ps) == pytest.approx(oracle)


def test_a_place_is_marked_less_easily_among_many():
    (alone,) = signals.signals([(HAGGVIK, 9)])
    among = signals.signals([(HAGGVIK, 9)] + [(TUREBERG, 7)] * 40)[0]
    assert alone.alarm
    assert not among.alarm
    assert among.adjusted == pytest.approx(41 * alone.p)


@given(st.lists(st.integers(0, 20), min_size=13, max_size=13), st.integers(0, 60))
def test_an_alarm_means_the_threshold_is_reached(base, count):
    (found,) = signals.signals([(base, count)])
    least = signals.threshold(sum(base))
    assert found.alarm == (least is not None and count >= least)


def test_rare_kinds_go_by_sums_of_four_weeks_that_end_with_this_one():
    assert signals.in_fours([9, 9, 1, 0, 0, 1, 0, 0, 0, 3]) == [2, 3]
    assert signals.in_fours([1, 2]) == []


def test_the_threshold_is_the_least_count_that_is_unlikely_enough():
    for total in range(6, 300):
        base = [total, *[0] * 12]
        least = signals.threshold(total)
        assert signals.p_value(base, least) <= signals.NOMINAL < signals.p_value(base, least - 1)
