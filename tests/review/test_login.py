"""The login page: one way in, one way of saying no, and never a way out to another site."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from fieldlog.access.onwards import within
from tests.support.cast import PASSWORD


def test_the_right_words_lead_to_where_the_reader_was_going(visitor, cast):
    answer = fill_in(visitor(), "sara", PASSWORD, "/login?next=/quarantine")
    assert answer.status_code == 303
    assert answer.location == "/quarantine"


def test_without_a_wish_the_reader_comes_to_the_first_room_they_may_see(visitor, cast):
    assert fill_in(visitor(), "sara", PASSWORD).location == "/log"
    assert fill_in(visitor(), "axel", PASSWORD).location == "/promise"
    assert fill_in(visitor(), "alice", PASSWORD).location == "/accesses"


@pytest.mark.parametrize("login", ["sara", "nobody"])
def test_wrong_words_are_refused_in_one_sentence_whoever_it_is(visitor, cast, login):
    answer = fill_in(visitor(), login, "fel")
    assert answer.status_code == 422
    assert "Fel inloggning eller lösenord." in answer.text
    assert "fel" not in re.findall(r'value="([^"]*)"', answer.text)


def test_after_ten_tries_the_page_asks_to_wait(visitor, cast):
    client = visitor()
    for _try in range(10):
        fill_in(client, "sara", "fel")
    answer = fill_in(client, "sara", PASSWORD)
    assert "För många försök. Vänta" in answer.text


def test_an_empty_form_is_told_what_it_lacks(visitor, cast):
    assert "Fyll i både inloggning och lösenord." in fill_in(visitor(), "", "").text


def test_logging_out_ends_the_session(sara):
    token = re.search(r'name="csrf_token" value="([^"]+)"', sara.get("/log").text)[1]
    assert sara.post("/logout", data={"csrf_token": token}).location == "/login"
    assert sara.get("/log").status_code == 302


def test_logging_out_ends_the_session_for_whoever_has_copied_its_cookie_too(sara, visitor):
    thief = copied(sara, visitor())
    assert thief.get("/log").status_code == 200
    token = re.search(r'name="csrf_token" value="([^"]+)"', sara.get("/log").text)[1]
    sara.post("/logout", data={"csrf_token": token})
    assert thief.get("/log").status_code == 302


def test_signing_in_anew_ends_the_session_before(visitor, cast):
    sara = visitor()
    fill_in(sara, "sara", PASSWORD)
    thief = copied(sara, visitor())
    form = re.search(r'name="csrf_token" value="([^"]+)"', sara.get("/log").text)[1]
    again = {"csrf_token": form, "login": "sara", "password": PASSWORD}
    assert sara.post("/login", data=again).status_code == 303
    assert sara.get("/log").status_code == 200
    assert thief.get("/log").status_code == 302


def test_a_session_is_over_after_its_hours_however_busy_it_is(visitor, cast):
    with time_machine.travel(datetime(2026, 11, 20, 8, 0, tzinfo=UTC), tick=False) as clock:
        sara = visitor(cast.sara)
        for _hour in range(11):
            clock.shift(timedelta(hours=1))
            assert sara.get("/log").status_code == 200
        clock.shift(timedelta(hours=1))
        assert sara.get("/log").status_code == 302


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example", "", "log", "/a\nb"]
)
def test_a_link_can_t_send_the_reader_to_another_site(address):
    assert within(address) == "/"
    assert within("/log?place=HAG") == "/log?place=HAG"


def copied(client, other):
    """The other browser with the cookie of the first."""
    cookie = client.get_cookie("__Host-fieldlog")
    other.set_cookie("__Host-fieldlog", cookie.value)
    return other


def fill_in(client, login: str, password: str, path: str = "/login"):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)[1]
    sent = {"csrf_token": token, "login": login, "password": password}
    return client.post(path, data=sent)
