"""Behind a figure of presence stand its visits, and of them no more than is shared."""

import re

import pytest

from tests.review.test_decision import freeze, opened
from tests.review.test_week import page, text
from tests.review.week_scene import NOTE, visit


def visits(client, past, query: str) -> str:
    answer = client.get(f"/week/{past.week}/visits?{query}")
    assert answer.status_code == 200
    return answer.text


def said(page: str) -> tuple[int, int, int]:
    """(visits, patrol minutes, records) as the page sums them up."""
    part = page.split('class="said"')[1].split("</p>")[0]
    return tuple(int(number) for number in re.findall(r"(\d+) (?:besök|patrull|post)", part))


def test_a_joint_visit_is_one_of_two_records_and_a_callout_is_none(sara, past):
    page = visits(sara, past, "place=HAG")
    assert said(page) == (2, 50, 3)
    assert page.count("samma besök som ovan") == 1
    assert "Polisen Sollentuna" in page
    assert "Sollentuna kommun" in page


def test_each_part_of_the_week_has_its_own(sara, past):
    days = past.week.days
    assert said(visits(sara, past, f"place=HAG&day={days[0]}")) == (1, 30, 2)
    assert said(visits(sara, past, f"day={days[0]}&hour=18")) == (1, 30, 2)
    assert said(visits(sara, past, f"day={days[4]}&hour=00")) == (1, 20, 1)  # Friday's night
    assert said(visits(sara, past, "place=HAG&org=polisen")) == (2, 35, 2)
    assert said(visits(sara, past, "ended=backfill")) == (1, 12, 1)


def test_minutes_at_two_places_at_once_are_added(sara, past):
    visit(past, "bob", "STI", past.at(0, 20), 15)  # while Alice is at Häggvik
    past.phones["bob"].push()
    day = f"day={past.week.days[0]}"
    assert said(visits(sara, past, day)) == (2, 30 + 15, 3)
    assert said(visits(sara, past, "org=polisen")) == (4, 15 + 20 + 12 + 15, 4)


def test_a_visit_over_an_hours_end_is_cut_there(sara, past):
    visit(past, "bob", "STI", past.at(3, 20, 50), 30)
    past.phones["bob"].push()
    day = past.week.days[3]
    assert said(visits(sara, past, f"day={day}&hour=18")) == (1, 10, 1)
    assert said(visits(sara, past, f"day={day}&hour=21")) == (1, 20, 1)


@pytest.mark.parametrize("who", ["sara", "charlie", "kerstin"])
def test_all_read_when_where_and_which_organisation_and_open_their_own(visitor, cast, past, who):
    page = visits(visitor(getattr(cast, who)), past, "place=HAG")
    assert said(page) == (2, 50, 3)
    for hidden in (NOTE, "Alice", cast.alice.id, cast.alice.device):
        assert hidden not in page
    links = re.findall(r'href="/records/', page)
    assert len(links) == {"sara": 2, "charlie": 1, "kerstin": 0}[who]


def test_what_came_after_the_meeting_is_not_behind_a_frozen_figure(visitor, cast, past):
    kerstin = visitor(cast.kerstin)
    freeze(kerstin, past)
    visit(past, "bob", "HAG", past.at(3, 20), 30)
    past.phones["bob"].push()
    page = visits(kerstin, past, "place=HAG")
    assert said(page) == (2, 50, 3)
    assert "Veckan är fryst" in page


def test_what_came_late_opens_from_its_numbers(visitor, cast, sara, past):
    html = page(sara, past)
    assert "15 sent inkomna av 15 poster, efter veckans slut: 5 besök, 10 händelser" in text(html)
    assert said(opened(sara, html, "5 besök"))[2] == 5
    assert "10 poster" in opened(sara, html, "10 händelser")
    kerstin = visitor(cast.kerstin)
    freeze(kerstin, past)
    visit(past, "bob", "HAG", past.at(3, 20), 30)
    past.phones["bob"].push()
    assert said(visits(kerstin, past, "late=week"))[2] == 5
    assert said(visits(kerstin, past, "late=meeting"))[2] == 1


@pytest.mark.parametrize(
    "query",
    ["late=x", "late=meeting", "day=2020-01-01", "day=x", "day={day}&hour=07", "day={day}&hour=x"],
)
def test_what_is_no_figure_of_the_week_is_refused(sara, past, query):
    path = f"/week/{past.week}/visits?{query.format(day=past.week.days[0])}"
    assert sara.get(path).status_code == 400


def test_what_was_never_asked_of_the_place_is_not_found(sara, past):
    assert sara.get(f"/week/{past.week}/visits?place=HAG&commitment=x").status_code == 404
