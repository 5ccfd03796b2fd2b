"""Times as people read them, over midnight, the turn of the year and the change of the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fieldlog.review import moments

NOW = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)


@pytest.fixture(params=["sv", "en"])
def language(app, request):
    cookie = {"Cookie": f"fieldlog_language={request.param}"}
    with app.test_request_context(headers=cookie):
        yield request.param


def test_a_stamp_is_short_and_in_the_reader_s_language(language):
    moment = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)
    words = {"sv": "lör 21 nov 21:40", "en": "Sat 21 Nov 21:40"}
    assert moments.stamp(moment, NOW) == words[language]
    assert moments.short(moment, NOW) == "21:40"


def test_another_year_is_named(language):
    assert moments.stamp(datetime(2024, 5, 1, tzinfo=UTC), NOW).endswith("2024 02:00")


def test_friday_night_belongs_to_friday_until_six(language):
    assert moments.operational_day(datetime(2026, 11, 21, 4, 59, tzinfo=UTC)) == date(2026, 11, 20)
    assert moments.operational_day(datetime(2026, 11, 21, 5, 0, tzinfo=UTC)) == date(2026, 11, 21)


def test_the_day_the_clock_changes_has_25_hours_and_the_one_in_spring_23(language):
    for day, hours in ((date(2026, 10, 24), 25), (date(2026, 3, 28), 23), (date(2026, 6, 1), 24)):
        begins, ends = moments.day_bounds(day)
        assert ends - begins == timedelta(hours=hours)


def test_a_week_is_the_iso_week_from_monday_six(language):
    begins, ends = moments.week_bounds(2026, 53)
    assert moments.local(begins).isoformat() == "2026-12-28T06:00:00+01:00"
    assert ends - begins == timedelta(days=7)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(9, "9 s"), (840, "14 min"), (7080, "1 tim 58 min"), (7200, "2 tim"), (266_400, "3 d 2 tim")],
)
def test_a_length_has_two_units_at_most(app, seconds, words):
    with app.test_request_context(headers={"Cookie": "fieldlog_language=sv"}):
        assert moments.length(seconds) == moments.length(-seconds) == words
