"""The places' pages: each figure once, leading to its records, and nobody's work beside it."""

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape

import pytest
import time_machine

from fieldlog.demo import bodies
from fieldlog.measure.week import STOCKHOLM
from fieldlog.store import places
from fieldlog.store.audit import listed as acts
from tests.review.test_week import text
from tests.review.week_scene import NOTE, visit
from tests.store.agreed import PRESENCE, publish


@pytest.fixture(autouse=True)
def sunday(past):
    """The end of the scene's week, when it still runs; a promise of three visits at Häggvik."""
    when = datetime.combine(past.week.monday + timedelta(days=7), time(5, 30), STOCKHOLM)
    first, year = past.week.monday, past.week.year
    lasting = {"from": f"{year}-01-01", "to": f"{year}-12-31", "follow_up": f"{year}-12-10"}
    publish("promise", "lofte", {"title": "Medborgarlöfte", **lasting}, since=first)
    publish("focus", "offentliga", {"title": "Offentliga platser", "promise": "lofte"}, since=first)
    said = PRESENCE | lasting | {"places": ["HAG"], "visits": 4, "joint": True}
    publish("commitment", "kvallar", said, since=first)
    with time_machine.travel(when.astimezone(UTC), tick=False):
        yield


def listed(client, query: str = "") -> dict[str, str]:
    html = client.get(f"/places{query}").text
    rows = re.findall(r'<tr>\s*<th scope="row">(.*?)</th>(.*?)</tr>', html, re.DOTALL)
    return {text(name.partition("</a>")[0]): text(rest) for name, rest in rows}


def test_every_place_in_use_is_listed_those_with_a_promise_first(sara, past):
    shown = list(listed(sara))
    assert shown[0] == "Häggviks station"
    assert shown[1:] == sorted(shown[1:], key=str.casefold)
    assert len(shown) == len(places.listed())


def test_a_row_says_what_was_asked_who_was_there_and_what_stands_out(sara, past):
    row = listed(sara)["Häggviks station"]
    assert row.startswith("2 av 4")
    assert "Polisen Sollentuna, 20 min" in row
    assert "Vecka för vecka: 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9" in row
    assert "◆ över väntat" in row


def test_where_one_organisation_promised_the_others_visits_are_shown_and_not_counted(sara, past):
    first, year = past.week.monday, past.week.year
    lasting = {"from": f"{year}-01-01", "to": f"{year}-12-31", "follow_up": f"{year}-12-10"}
    said = PRESENCE | lasting | {"places": ["HAG"], "visits": 4, "owner": "kommunen"}
    publish("commitment", "kvallar", said, since=first)
    row = listed(sara)["Häggviks station"]
    assert row.startswith("1 av 4")
    assert "bara besök av Sollentuna kommun räknas" in row
    assert "Sollentuna kommun 1, Polisen Sollentuna 2" in text(sara.get("/places/HAG").text)


def test_too_short_for_the_promise_is_not_the_short_of_the_log(sara, past):
    at = past.at(3, 20)
    visit(past, "alice", "HAG", at, 12)
    past.phones["alice"].push()
    assert "1 för kort, 12 min" in listed(sara)["Häggviks station"]
    line = text(sara.get(f"/log?place=HAG&day={at.date()}").text)
    assert "12 min" in line
    assert "12 min, kort" not in line


def test_a_running_visit_is_lit_and_says_since_when(sara, past):
    at = datetime.now(UTC) - timedelta(minutes=20)
    past.phones["bob"].write("visit", bodies.visit("ROT", at), at)
    past.phones["bob"].push()
    assert "pågår sedan 05:10, Polisen Sollentuna" in listed(sara)["Rotebro station"]


def test_filters_are_links_and_what_is_not_like_that_is_left_out(sara, past):
    assert set(listed(sara, "?show=asked")) == {"Häggviks station"}
    assert set(listed(sara, "?show=over")) == {"Häggviks station"}
    stations = listed(sara, "?kind=stationsomr%C3%A5de")
    assert "Häggviks station" in stations
    assert "Sollentuna Centrum" not in stations
    assert set(listed(sara, "?district=Rotebro")) <= set(stations)
    html = sara.get("/places?district=Nowhere").text
    assert "Ingen plats är sådan" in html
    assert sara.get("/places?show=x").status_code == 400
    links = re.findall(r'<a href="(/places\?[^"]*show=over[^"]*)"', sara.get("/places").text)
    assert "Häggviks station" in listed(sara, unescape(links[0]).partition("/places")[2])


def test_one_place_has_its_figures_its_promise_and_its_weeks(sara, past):
    html = sara.get("/places/HAG").text
    said = text(html)
    assert "Besök 2 av 4" in said
    assert "Patrullminuter 50 av 60" in said
    assert "Kommunen" not in said
    assert "Polisen Sollentuna 2" in said
    assert "vårdslös mopedkörning 9" in said.lower()
    assert "Kvällar" in said or "kvallar" in html
    week = text(html.split("<h2>Vecka för vecka")[1])
    assert f"{past.week.number} 2 50 " in week
    assert NOTE not in html


def test_its_week_by_week_adds_officer_minutes_by_crew(sara, past):
    visit(past, "bob", "HAG", past.at(2, 20), 10, crew=3)
    past.phones["bob"].push()
    week = text(sara.get("/places/HAG").text.split("<h2>Vecka för vecka")[1])
    patrol, officer = re.search(rf"{past.week.number} 3 (\d+) (\d+) ", week).groups()
    assert int(patrol) == 60
    assert int(officer) > 60


def test_every_figure_leads_to_as_many_records(sara, past):
    html = sara.get("/places/HAG").text.split("<h2>Vecka för vecka")[1]
    links = re.findall(r'<a href="(/log\?[^"]*category=event[^"]*)">(\d+)</a>', html)
    assert len(links) == 14
    for href, figure in links:
        page = sara.get(unescape(href)).text
        assert re.search(rf"\b{figure} (?:post|poster)\b", page), href


def test_a_standing_fault_is_told_where_it_is(sara, past):
    said = text(sara.get("/places/STI").text)
    assert "Trasig eller svag belysning" in said
    assert "Trasig eller svag belysning" not in text(sara.get("/places/HAG").text)


def test_the_others_events_are_counted_only_where_they_may_be(visitor, cast, past):
    charlie, kerstin = visitor(cast.charlie), visitor(cast.kerstin)
    theirs, joint = (listed(one)["Häggviks station"] for one in (charlie, kerstin))
    assert theirs.startswith("2 av 4")  # presence is shared
    assert "9" not in theirs.partition("Vecka för vecka")[0].split("min")[-1]
    assert "◆ över väntat" not in theirs
    assert "◆ över väntat" in joint
    assert "/log" not in kerstin.get("/places/HAG").text.split("<main")[1]


@pytest.mark.parametrize("who", ["alice", "bob", "adam", "axel"])
def test_nobody_else_sees_places_at_the_desk(visitor, cast, past, who):
    for path in ("/places", "/places/HAG", "/places/NIX"):
        assert visitor(getattr(cast, who)).get(path).status_code == 403


@pytest.mark.parametrize("who", ["sara", "charlie", "kerstin"])
def test_a_place_that_is_not_there_is_not_found(visitor, cast, past, who):
    assert visitor(getattr(cast, who)).get("/places/NIX").status_code == 404


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_are_sound_in_both_languages(visitor, cast, past, language):
    reader = visitor(cast.sara, language)
    for path in ("/places", "/places?show=retired", "/places/HAG", "/places/SOC"):
        assert reader.get(path).status_code == 200


def test_a_store_without_places_says_so(visitor, cast):
    page = visitor(cast.sara)
    places.replace([], datetime.now(UTC))
    assert page.get("/places").status_code == 200


def test_reading_is_told_to_the_audit_log(sara, past):
    sara.get("/places?show=over&district=Rotebro")
    sara.get("/places?kind=Anna%20Andersson")
    sara.get("/places/HAG")
    told = acts.page(None, what="places.read", before=None, limit=9)
    assert [act.detail for act in told] == [
        {"place": "HAG"},
        {"kind": "?"},
        {"district": "Rotebro", "show": "over"},
    ]
