"""Numbers in texts: plain digits up to a most, and nothing that only looks like a number."""

import pytest

from sync.digits import whole


@pytest.mark.parametrize(("text", "says"), [("0", 0), ("007", 7), ("999", 999), ("100", 100)])
def test_plain_digits_are_a_number(text, says):
    assert whole(text, 999) == says


@pytest.mark.parametrize(
    "text", ["", "-1", "1.0", " 1", "1_0", "²", "٣", "1000", "0001", "9" * 5000]
)
def test_anything_else_is_none(text):
    assert whole(text, 999) is None
