"""What every answer carries, whoever asks and whatever comes of it."""

import pytest

from fieldlog import config, web
from tests.support.cast import SECRET, running, sign_in

PLACES = ["/", "/login", "/app/", "/healthz", "/openapi.json", "/not-here", "/sync/v1/status"]


def policy(response) -> dict[str, str]:
    parts = (part.split(" ", 1) for part in response.headers[CSP].split("; "))
    return dict(parts)


CSP = "Content-Security-Policy"


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_carries_the_security_headers(client, path):
    answer = client.get(path)
    for name, value in web.HEADERS.items():
        assert answer.headers[name] == value, f"{path}: {name}"


def test_nothing_is_allowed_but_what_comes_from_here(client):
    allowed = policy(client.get("/"))
    assert allowed["default-src"] == "'none'"
    assert allowed["script-src"] == allowed["style-src"] == "'self'"
    assert allowed["frame-ancestors"] == allowed["base-uri"] == "'none'"
    assert allowed["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in client.get("/").headers[CSP]
    assert "data:" not in client.get("/").headers[CSP]


def test_over_https_the_browser_is_told_to_stay_there(client):
    answer = client.get("/", base_url="https://log.example")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_the_session_cookie_can_not_leave_this_host_or_be_read_by_scripts(client, cast):
    answer = sign_in_by_page(client, cast.sara)
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if "fieldlog=" in c)
    assert cookie.startswith("__Host-fieldlog=")
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_plain_http_is_a_setting_of_its_own(new_sqlite):
    settings = config.Settings(secret_key=SECRET, database_url=new_sqlite(), plain_http=True)
    with running(settings) as app:
        assert app.config["SESSION_COOKIE_NAME"] == "fieldlog"
        assert app.config["SESSION_COOKIE_SECURE"] is False
        assert app.config["SESSION_COOKIE_HTTPONLY"] is True


def test_pages_with_records_are_kept_nowhere(client, cast):
    sign_in(client, cast.sara)
    assert client.get("/log").headers["Cache-Control"] == "no-store"


def test_a_file_with_its_hash_in_the_name_never_changes(client):
    assert web.HASHED.match("/static/dist/patrol-4T2XKQAB.js")
    assert not web.HASHED.match("/static/dist/sw.js")
    with client.get("/static/icons/icon.svg") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


def test_an_unknown_host_is_refused_where_hosts_are_named(new_sqlite):
    settings = config.Settings(secret_key=SECRET, database_url=new_sqlite(), hosts=("log.example",))
    with running(settings) as app:
        client = app.test_client()
        assert client.get("/healthz", base_url="https://log.example").status_code == 200
        assert client.get("/healthz", base_url="https://evil.example").status_code == 400


def test_a_proxy_is_believed_only_where_one_is_set(new_sqlite):
    settings = config.Settings(secret_key=SECRET, database_url=new_sqlite())
    with running(settings) as app:
        answer = app.test_client().get("/", headers={"X-Forwarded-Proto": "https"})
        assert "Strict-Transport-Security" not in answer.headers


def sign_in_by_page(client, member):
    page = client.get("/login").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    form = {"login": member.login, "password": member.password, "csrf_token": token}
    return client.post("/login", data=form)
