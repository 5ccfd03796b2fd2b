"""Promised windows: when they are, whether they were kept, and for how long nobody was there."""

from datetime import date, datetime, time, timedelta

import pytest

from fieldlog.measure import windows
from fieldlog.measure.dose import Visit
from fieldlog.measure.week import STOCKHOLM, Week
from fieldlog.measure.windows import COMING, MISSED, UNKNOWN, VISITED, Window

EVENING = Window(frozenset({2, 5}), time(18), time(20))
NIGHT = Window(frozenset({5, 6}), time(21), time(3))
WEEK = Week(2026, 47)


def here(*parts):
    return datetime(2026, *parts, tzinfo=STOCKHOLM)


def visit(*parts, minutes=10):
    return Visit(here(*parts), here(*parts) + timedelta(minutes=minutes))


def promised(*rules):
    return windows.between(rules, WEEK.days[0], WEEK.days[-1])


def test_a_rule_gives_its_windows_of_the_week():
    assert promised(EVENING) == [
        (here(11, 17, 18), here(11, 17, 20)),
        (here(11, 20, 18), here(11, 20, 20)),
    ]


def test_a_window_across_midnight_ends_the_next_morning():
    assert promised(NIGHT)[0] == (here(11, 20, 21), here(11, 21, 3))


def test_a_window_after_midnight_is_in_the_night_after_its_weekday():
    after = Window(frozenset({5}), time(0), time(3))
    assert promised(after) == [(here(11, 21, 0), here(11, 21, 3))]


def test_a_window_round_the_clock_follows_the_change_of_clocks():
    always = Window(frozenset({6}), time(6), time(6))
    (window,) = windows.between([always], date(2026, 10, 24), date(2026, 10, 24))
    assert window[1] - window[0] == timedelta(hours=25)


def test_a_window_that_ends_in_the_hour_shown_twice_holds_both():
    late = Window(frozenset({6}), time(22), time(2, 30))
    (window,) = windows.between([late], date(2026, 10, 24), date(2026, 10, 24))
    assert window[1] - window[0] == timedelta(hours=5, minutes=30)


def test_windows_with_a_visit_are_covered():
    assert windows.coverage(promised(EVENING), [visit(11, 17, 19), visit(11, 20, 21)]) == (1, 2)


def test_a_visit_must_last_its_least_minutes_inside_the_window():
    short = [visit(11, 17, 19, 55, minutes=10), visit(11, 20, 18, minutes=10)]
    assert windows.coverage(promised(EVENING), short, least=10) == (1, 2)
    assert windows.coverage(promised(EVENING), short) == (2, 2)


def test_a_visit_in_two_halves_a_minute_apart_is_one():
    halves = [visit(11, 17, 19, minutes=6), visit(11, 17, 19, 7, minutes=6)]
    assert windows.coverage(promised(EVENING), halves, least=10) == (1, 2)


def test_the_longest_gap_is_the_longest_stretch_inside_one_window():
    assert windows.longest_gap([visit(11, 17, 18, 30), visit(11, 20, 19)], promised(EVENING)) == (
        timedelta(minutes=80)
    )


def test_a_window_without_visits_is_one_gap_and_no_window_is_none():
    assert windows.longest_gap([], promised(EVENING)) == timedelta(hours=2)
    assert windows.longest_gap([], []) is None
    assert windows.longest_gap([visit(11, 17, 17, minutes=240)], promised(EVENING)[:1]) == (
        timedelta(0)
    )


def test_the_week_as_the_only_window_gives_the_longest_absence():
    there = [visit(11, 17, 18, minutes=30), visit(11, 19, 13, 30)]
    assert windows.longest_gap(there, [WEEK.span()]) == here(11, 23, 6) - here(11, 19, 13, 40)


@pytest.mark.parametrize(
    ("visits", "heard", "now", "state"),
    [
        ([visit(11, 17, 19)], None, here(11, 17, 19, 30), VISITED),
        ([], here(11, 18), here(11, 17, 19), COMING),
        ([], here(11, 17, 20), here(11, 18), MISSED),
        ([], here(11, 17, 19, 59), here(11, 18), UNKNOWN),
        ([], None, here(11, 18), UNKNOWN),
        ([visit(11, 17, 17)], here(11, 18), here(11, 18), MISSED),
    ],
)
def test_a_window_is_missed_only_when_all_were_heard_after_it_closed(visits, heard, now, state):
    assert windows.state(promised(EVENING)[0], visits, heard, now) == state
