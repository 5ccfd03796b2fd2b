"""Days from 06:00 and ISO weeks."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.measure.week import (
    STOCKHOLM,
    Week,
    day_span,
    operational_day,
    wall,
    week_named,
    week_of,
    weeks,
)

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))


def here(*parts):
    return datetime(*parts, tzinfo=STOCKHOLM)


def test_friday_night_is_friday():
    assert operational_day(here(2026, 11, 21, 5, 59)) == date(2026, 11, 20)
    assert operational_day(here(2026, 11, 21, 6)) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25), (date(2026, 11, 20), 24)],
)
def test_a_day_is_as_long_as_its_clocks_say(day, hours):
    begins, ends = day_span(day)
    assert ends - begins == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (here(2026, 11, 23, 5, 59), "2026-W47"),
        (here(2026, 11, 23, 6), "2026-W48"),
        (here(2027, 1, 3, 12), "2026-W53"),
        (here(2024, 12, 30, 12), "2025-W01"),
    ],
)
def test_a_moment_is_in_the_iso_week_of_its_operational_day(moment, week):
    assert str(week_of(moment)) == week


@given(MOMENTS)
def test_every_moment_is_inside_its_own_day_and_week_and_in_no_other(moment):
    begins, ends = day_span(operational_day(moment))
    assert begins <= moment < ends
    week = week_of(moment)
    begins, ends = week.span()
    assert begins <= moment < ends
    assert (week - 1).span()[1] == begins
    assert (week + 1).span()[0] == ends


@pytest.mark.parametrize(("week", "hours"), [("2026-W13", 167), ("2026-W43", 169)])
def test_a_week_with_a_clock_change_is_an_hour_shorter_or_longer(week, hours):
    begins, ends = week_named(week).span()
    assert ends - begins == timedelta(hours=hours)


def test_the_calendar_week_begins_at_midnight():
    begins, _ = Week(2026, 48).span(begins=time(0))
    assert begins == here(2026, 11, 23)


def test_weeks_run_over_the_turn_of_a_long_year():
    assert Week(2027, 1) - 1 == Week(2026, 53)
    assert Week(2026, 52) + 2 == Week(2027, 1)
    assert [str(week) for week in weeks(Week(2026, 52), Week(2027, 1))] == [
        "2026-W52",
        "2026-W53",
        "2027-W01",
    ]
    assert Week(2027, 2).before(3) == [Week(2026, 52), Week(2026, 53), Week(2027, 1)]
    assert Week(2026, 47).days[0] == date(2026, 11, 16)


@pytest.mark.parametrize(
    "text", ["2025-W53", "2026-W7", "2026W07", "2026-W00", "x", "0001-W01", "9999-W52"]
)
def test_what_is_no_week_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        week_named(text)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_week_is_read_as_it_was_written(day):
    week = Week(*day.isocalendar()[:2])
    assert week_named(str(week)) == week


def test_an_hour_shown_twice_is_the_first_unless_the_later_is_asked_for():
    day = date(2026, 10, 25)
    assert wall(day, time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert wall(day, time(2, 30), later=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert wall(date(2026, 3, 29), time(2, 30)) == here(2026, 3, 29, 3, 30).astimezone(UTC)
