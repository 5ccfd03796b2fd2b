"""The planned presence of a week as a calendar, read by a kept library for calendars."""

import re
from datetime import UTC, date, datetime

import icalendar
import pytest

from fieldlog.measure.week import Week
from fieldlog.store.weeks import decisions
from tests.review.scene import prepare
from tests.review.test_exports import told
from tests.store.agreed import NOW, promised
from tests.support.cast import PASSWORD

WEEK = Week(2026, 47)
FOCUS = "Häggvik; kväll, till fots å ä ö " + "på andra sidan spåret " * 4


@pytest.fixture
def planned(cast):
    """Rotebro is promised on Friday and Saturday nights; the meeting chose Häggvik."""
    prepare()
    promised()
    places = [{"code": "HAG", "visits": 5, "when": "fre–lör 20–24"}]
    decisions.decide(str(WEEK), FOCUS, places, cast.kerstin.id, NOW)


def fetch(client, week=WEEK, **form):
    token = re.search(r'csrf_token" value="([^"]+)"', client.get("/log").text)[1]
    sent = {"csrf_token": token, "password": PASSWORD} | form
    return client.post(f"/week/{week}/calendar", data=sent)


def entries(answer) -> list[icalendar.Event]:
    assert answer.status_code == 200, answer.text
    calendar = icalendar.Calendar.from_ical(answer.data)
    assert not calendar.errors
    return list(calendar.walk("VEVENT"))


def test_promised_windows_have_their_hours_and_chosen_places_the_week(sara, planned):
    friday, saturday, chosen = entries(fetch(sara))
    assert friday.decoded("dtstart") == datetime(2026, 11, 20, 20, tzinfo=UTC)  # 21:00 at Rotebro
    assert friday.decoded("dtend") == datetime(2026, 11, 21, 1, tzinfo=UTC)
    assert saturday.decoded("dtstart") == datetime(2026, 11, 21, 20, tzinfo=UTC)
    assert str(friday["summary"]) == "Närvaro: Rotebro station"
    assert "3 besök i veckan, Polisen Sollentuna" in str(friday["description"])
    assert (chosen.decoded("dtstart"), chosen.decoded("dtend")) == (
        date(2026, 11, 16),
        date(2026, 11, 23),
    )
    assert str(chosen["description"]) == f"5 besök i veckan, fre–lör 20–24, {FOCUS}"


def test_no_line_is_longer_than_calendars_take(sara, planned):
    answer = fetch(sara)
    assert max(map(len, answer.data.split(b"\r\n"))) <= 75
    assert answer.mimetype == "text/calendar"
    assert "fieldlog-narvaro-2026-W47.ics" in answer.headers["Content-Disposition"]


def test_a_calendar_taken_in_twice_stands_there_once(sara, planned):
    first, second = ([one["uid"] for one in entries(fetch(sara))] for _ in range(2))
    assert first == second
    assert len(set(first)) == 3


def test_a_week_without_plans_is_an_empty_calendar(sara, planned):
    assert entries(fetch(sara, Week(2020, 1))) == []


def test_it_asks_for_the_password_and_is_logged(sara, cast, planned):
    answer = fetch(sara, password="fel")
    assert answer.status_code == 303
    assert "Fel lösenord" in sara.get(answer.location).text
    assert told("week.export") == []
    fetch(sara)
    [row] = told("week.export")
    assert (row.account, row.subject) == (cast.sara.id, "2026-W47")
    assert row.detail == {"as": "ics", "planned": 3}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("alice", 403),
        ("bob", 403),
        ("adam", 403),
        ("axel", 403),
        ("kerstin", 200),
        ("charlie", 200),
    ],
)
def test_who_reads_the_week_takes_out_its_plan(visitor, cast, planned, who, status):
    assert fetch(visitor(getattr(cast, who))).status_code == status


def test_the_week_page_offers_it_and_the_records_to_who_may(visitor, cast, planned):
    sara, kerstin = (visitor(one).get(f"/week/{WEEK}").text for one in (cast.sara, cast.kerstin))
    for page in (sara, kerstin):
        assert f'formaction="/week/{WEEK}/calendar"' in page
        assert f'formaction="/week/{WEEK + 1}/calendar"' in page
    assert f'formaction="/log/export?week={WEEK}"' in sara
    assert "/log/export" not in kerstin
