"""Places at the desk: the past week's scene with a promise at Häggvik, and who reads it."""

import pytest

from tests.review.week_scene import past_week


@pytest.fixture
def past(cast):
    return past_week(cast)


@pytest.fixture
def kerstin(visitor, cast):
    """The coordinator's browser, in Swedish."""
    return visitor(cast.kerstin)
