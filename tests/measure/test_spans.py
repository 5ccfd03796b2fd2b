"""Unions, clips and gaps of stretches."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.measure import spans

STRETCH = st.tuples(st.integers(0, 500), st.integers(0, 60)).map(lambda s: (s[0], sum(s)))
STRETCHES = st.lists(STRETCH)


@pytest.mark.parametrize(
    ("given_spans", "length"),
    [
        ([(0, 15), (5, 20)], 20),
        ([(0, 15), (15, 30)], 30),
        ([(0, 10), (12, 20), (13, 14)], 18),
        ([], 0),
    ],
)
def test_the_union_counts_each_minute_once(given_spans, length):
    assert spans.covered(given_spans) == length


@given(STRETCHES)
def test_the_union_is_as_long_as_the_minutes_counted_one_by_one(stretches):
    assert spans.covered(stretches) == len({m for a, b in stretches for m in range(a, b)})


@given(STRETCHES)
def test_the_union_lies_between_the_longest_and_the_sum(stretches):
    lengths = [b - a for a, b in stretches]
    assert max(lengths, default=0) <= spans.covered(stretches) <= sum(lengths)


@given(STRETCHES, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(stretches, dice):
    shuffled = stretches + stretches[:3]
    dice.shuffle(shuffled)
    assert spans.union(shuffled) == spans.union(stretches)


@given(STRETCHES, STRETCH)
def test_what_is_covered_and_the_gaps_make_up_the_whole(stretches, whole):
    free = sum(b - a for a, b in spans.gaps(stretches, whole))
    assert free + spans.covered(spans.clip(stretches, whole)) == whole[1] - whole[0]


def test_a_gap_shorter_than_the_bridge_is_closed_and_one_as_long_is_not():
    assert spans.union([(0, 10), (14, 20)], bridging=5) == [(0, 20)]
    assert spans.union([(0, 10), (15, 20)], bridging=5) == [(0, 10), (15, 20)]


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no zone"):
        spans.instant(datetime(2026, 11, 23, 6))
    assert spans.instant(datetime(2026, 11, 23, 6, tzinfo=UTC)).tzinfo is UTC
