"""The open pages: no data, no login, both languages, and a pulse."""

import re

import pytest
from sqlalchemy.exc import OperationalError

from fieldlog.public import views
from tests.support.checking import CheckingClient


@pytest.fixture
def database_url(sqlite_url):
    """No page here asks the store for anything but whether it is there."""
    return sqlite_url


@pytest.fixture
def anyone(app):
    app.test_client_class = CheckingClient
    return app.test_client()


def test_the_front_page_says_what_this_is_and_who_to_ask(anyone):
    page = anyone.get("/").text
    assert "En fältlogg för gemensam närvaro" in page
    assert "Vem du kan fråga" in page
    assert "112" in page


def test_the_browser_s_languages_are_only_a_first_hint(anyone):
    english = {"Accept-Language": "en-GB,en;q=0.9"}
    assert '<html lang="en">' in anyone.get("/", headers=english).text
    assert '<html lang="sv">' in anyone.get("/", headers={"Accept-Language": "de"}).text
    choose(anyone, "sv")
    assert '<html lang="sv">' in anyone.get("/", headers=english).text


def test_the_language_can_be_chosen_logged_out_and_leads_back(anyone):
    answer = choose(anyone, "en", "/login?next=/log")
    assert answer.status_code == 303
    assert answer.location == "/login?next=/log"
    assert "Log in" in anyone.get("/login").text
    assert "SameSite=Strict" in answer.headers["Set-Cookie"]


def test_the_way_back_is_never_to_another_site(anyone):
    assert choose(anyone, "en", "https://evil.example/").location == "/"


def test_a_language_we_do_not_have_is_refused(anyone):
    assert choose(anyone, "fi").status_code == 400


def test_a_page_that_is_not_there_says_so_in_words(anyone):
    answer = anyone.get("/nothing")
    assert answer.status_code == 404
    assert "Här finns inget som du får se" in answer.text


def test_the_pulse_is_ok_while_the_database_answers(anyone):
    answer = anyone.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"ok": True})


def test_the_pulse_fails_when_the_database_does_not_answer(anyone, monkeypatch):
    def gone():
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(views, "reading", gone)
    assert anyone.get("/healthz").status_code == 503


def choose(client, language: str, back: str = "/"):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/").text)[1]
    return client.post("/language", data={"csrf_token": token, "language": language, "next": back})
