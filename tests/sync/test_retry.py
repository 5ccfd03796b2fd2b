"""What an HTTP answer means for a sender, and how long it waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import retry
from tests.contract.load import cases, load

VECTORS = load("retry")


@pytest.mark.parametrize("case", cases(VECTORS["classes"]))
def test_class(case):
    assert retry.classify(case["status"], case["headers"]) == case["class"]


@pytest.mark.parametrize("case", VECTORS["retry_after"], ids=lambda case: case["value"] or "none")
def test_retry_after(case):
    assert retry.retry_after({"retry-after": case["value"]}) == case["seconds"]


@pytest.mark.parametrize("case", VECTORS["backoff"])
def test_backoff(case):
    assert retry.backoff(case["attempt"], case["chance"], case["after"]) == case["seconds"]


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True), st.none() | st.floats(0, 900))
def test_a_wait_is_never_under_two_seconds_nor_over_a_quarter_of_an_hour(attempt, chance, after):
    wait = retry.backoff(attempt, chance, after)
    assert (after or 2) <= wait <= 900 or (wait >= 0 and after is not None)
    assert wait <= 900
