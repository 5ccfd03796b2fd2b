"""Webhooks at the desk: who adds, tries and takes away, what is shown, the secret once, logged."""

import re
from datetime import UTC, datetime

import pytest

from fieldlog.store import audit, hooks
from fieldlog.store.hooks.sending import WAITS
from tests.review.test_log import text
from tests.support.cast import PASSWORD

PAGE = "/hooks"
URL = "https://mottagare.example/fieldlog?nyckel=1"


def form(client, path: str, **fields):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(PAGE).text)[1]
    return client.post(f"{PAGE}{path}", data={"csrf_token": token, **fields})


def add(client, **fields):
    told = {"url": URL, "events": ["event.acute", "week.frozen"], "password": PASSWORD}
    return form(client, "", **told | fields)


def only(org: str = "polisen"):
    (hook,) = hooks.listed((org,))
    return hook


def acts(what: str) -> list:
    return audit.page(None, what=what, before=None, limit=50)


def test_a_hook_s_secret_is_shown_once_and_it_stands_in_the_list(sara, cast):
    answer = add(sara)
    hook = only()
    assert (hook.org, hook.url, hook.events) == ("polisen", URL, ["event.acute", "week.frozen"])
    assert f'value="{hook.secret}"' in answer.text
    page = sara.get(PAGE).text
    assert hook.secret not in page
    assert URL in page
    assert "en akut händelse · en veckas lägesbild fryst" in text(page)
    assert "Inget att berätta för den de senaste 90 dagarna" in text(page)
    (act,) = acts("hooks.write")
    assert (act.account, act.subject) == (cast.sara.id, hook.id)
    assert act.detail == {"events": "event.acute week.frozen"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://mottagare.example/"},
        {"url": "https://a:b@mottagare.example/"},
        {"url": ""},
        {"url": "https://mottagare.example/" + "x" * 500},
        {"events": []},
        {"events": ["trial"]},
        {"password": "fel"},
    ],
)
def test_nothing_is_added_without_a_sound_address_something_to_tell_and_the_password(sara, wrong):
    assert add(sara, **wrong).status_code == 422
    assert hooks.listed(("polisen",)) == []


def test_trying_one_puts_a_trial_in_line_and_what_was_given_up(sara):
    add(sara)
    hook, now = only(), datetime.now(UTC)
    assert form(sara, f"/{hook.id}/try").status_code == 303
    assert "ett prov · ska skickas" in text(sara.get(PAGE).text)
    (due,) = hooks.due(datetime.now(UTC))
    for _try in range(len(WAITS)):
        hooks.failed(due.id, "500", now)
    assert "500, provas igen" in text(sara.get(PAGE).text)
    hooks.failed(due.id, "unreachable", now)
    assert "gick inte att nå, uppgiven efter 8 försök" in text(sara.get(PAGE).text)
    form(sara, f"/{hook.id}/try")
    assert "1 uppgiven provas igen" in text(sara.get(PAGE).text)
    assert len(hooks.due(datetime.now(UTC))) == 2
    hooks.done(due.id, "204", now)
    assert "kom fram" in text(sara.get(PAGE).text)
    assert len(acts("hooks.try")) == 2


def test_taken_away_it_is_told_nothing_more(sara):
    add(sara)
    hook = only()
    form(sara, f"/{hook.id}/try")
    assert form(sara, f"/{hook.id}/end").status_code == 303
    assert URL not in sara.get(PAGE).text
    assert hooks.due(datetime.now(UTC)) == []
    assert acts("hooks.end")[0].subject == hook.id
    assert form(sara, f"/{hook.id}/try").status_code == 404


def test_charlie_neither_sees_nor_touches_a_hook_of_the_police(sara, visitor, cast):
    add(sara)
    hook, charlie = only(), visitor(cast.charlie)
    assert URL not in charlie.get(PAGE).text
    for path in (f"/{hook.id}/try", f"/{hook.id}/end", "/0/try", "/0/end"):
        assert form(charlie, path).status_code == 404
    assert only().ended_at is None
    add(charlie)
    assert only("kommunen").url == URL


def test_an_administrator_sees_all_takes_away_and_adds_none(sara, visitor, cast):
    add(sara)
    adam = visitor(cast.adam)
    page = adam.get(PAGE).text
    assert URL in page
    assert 'name="url"' not in page
    assert add(adam).status_code == 403
    assert form(adam, f"/{only().id}/end").status_code == 303
    assert hooks.listed(("polisen",)) == []


@pytest.mark.parametrize("who", ["alice", "kerstin", "axel"])
def test_nobody_else_has_the_page(visitor, cast, who):
    assert visitor(getattr(cast, who)).get(PAGE).status_code == 403
