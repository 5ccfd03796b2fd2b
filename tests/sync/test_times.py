"""Times on the wire."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sync.times import is_moment, moment, stamp


def test_a_time_keeps_the_moment_it_names():
    assert moment("2026-11-22T21:40:07+01:00") == datetime(2026, 11, 22, 20, 40, 7, tzinfo=UTC)
    assert moment("2026-11-22T20:40:07.5Z").microsecond == 500_000


def test_a_stamp_is_read_back():
    at = datetime(2026, 10, 25, 2, 30, 0, 1, tzinfo=timezone(timedelta(hours=1)))
    assert moment(stamp(at)) == at
    assert stamp(at).endswith("Z")


def test_a_naive_time_has_no_stamp():
    with pytest.raises(ValueError, match="naive"):
        stamp(datetime(2026, 11, 22))


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-11-22", "2026-11-22T21:40:07", "2026-11-22 21:40:07Z", "2026-11-22T21:40Z",
        "2026-11-22T21:40:07z", "2026-11-22T21:40:07+01", "2026-11-22T21:40:07Z\n",
        "2026-02-29T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T23:59:60Z",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59",
    ],
)  # fmt: skip
def test_what_is_no_time_of_the_wire(text):
    assert not is_moment(text)
