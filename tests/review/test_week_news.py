"""While a week's page lies open it is told how many records have come, and no more than that."""

import re
from html import unescape

import pytest

from fieldlog.demo import bodies
from tests.review.week_scene import event, visit


@pytest.fixture
def told(past, visitor, cast):
    """Call it for what the open page of one of the cast is told by now: "2 nya", or nothing."""
    clients = {who: visitor(getattr(cast, who)) for who in ("sara", "charlie", "kerstin")}
    asked = {who: opened(client, past) for who, client in clients.items()}

    def ask(who: str) -> str:
        for phone in past.phones.values():
            phone.push()
        page = clients[who].get(asked[who]).text
        return " ".join(re.findall(r">(\d+ \w+)</a>", page))

    return ask


def opened(client, past) -> str:
    """Where the page asks for news."""
    page = client.get(f"/week/{past.week}").text
    return unescape(re.search(r'data-news="([^"]+)"', page)[1])


def test_nothing_new_says_nothing(told):
    assert told("kerstin") == ""


def test_a_visit_is_new_to_all_and_an_event_to_whom_it_is_counted_for(past, told):
    visit(past, "alice", "HAG", past.at(2, 20), 10)
    assert [told(who) for who in ("sara", "charlie", "kerstin")] == ["1 ny"] * 3
    event(past, "charlie", "SKA.klotter", past.at(2, 21), "HAG")
    assert [told(who) for who in ("sara", "charlie", "kerstin")] == ["1 ny", "2 nya", "2 nya"]


def test_a_withdrawal_changes_the_figures_and_is_told(past, told):
    past.phones["charlie"].write(
        "withdraw", {"ref": past.rids["theirs"], "why": "Fel."}, past.at(3, 8)
    )
    assert told("charlie") == "1 ny"


def test_what_runs_still_and_what_is_of_another_week_is_not_told(past, told):
    at = past.at(6, 20)
    past.phones["bob"].write("visit", bodies.visit("SOL", at), at)
    event(past, "bob", "ORD.stoj", past.at(-3, 20), "SOL")
    assert told("kerstin") == ""


def test_what_is_told_leads_to_the_week_anew(past, visitor, cast):
    client = visitor(cast.kerstin)
    address = opened(client, past)
    visit(past, "alice", "HAG", past.at(2, 20), 10)
    past.phones["alice"].push()
    page = client.get(address).text
    assert f'href="/week/{past.week}"' in page
