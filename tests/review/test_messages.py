"""Words to the people on phones: who may tell whom, and which phones show them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from fieldlog.store import bundles, devices
from tests.review.test_log import text
from tests.review.test_send_back import messages

WORDS = "Tre kvällar vid Tureberg C i helgen. 😀"


def tell(client, to: str, words: str = WORDS, kind: str = "word"):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/messages").text)[1]
    told = {"csrf_token": token, "to": to, "kind": kind, "text": words}
    return client.post("/messages", data=told)


def take_down(client, id: str):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/messages").text)[1]
    return client.post(f"/messages/{id}/end", data={"csrf_token": token})


def test_the_coordinator_speaks_to_everyone_and_it_comes_to_every_phone(kerstin, visitor, cast):
    assert tell(kerstin, "all", kind="outcome").status_code == 303
    assert WORDS in text(kerstin.get("/messages").text)
    for member in (cast.alice, cast.bob, cast.charlie):
        (told,) = messages(visitor(), member)
        assert (told["kind"], told["text"], told["from"]) == ("outcome", WORDS, "Kerstin Dahl")


def test_a_word_to_an_organisation_comes_to_its_phones_only(sara, visitor, cast):
    assert tell(sara, "org:polisen").status_code == 303
    assert [one["text"] for one in messages(visitor(), cast.bob)] == [WORDS]
    assert messages(visitor(), cast.charlie) == []


def test_a_word_to_one_comes_to_that_ones_phone_and_says_not_whom_it_is_for(sara, visitor, cast):
    assert tell(sara, f"account:{cast.alice.id}").status_code == 303
    (told,) = messages(visitor(), cast.alice)
    assert told["text"] == WORDS
    assert "for" not in told
    assert messages(visitor(), cast.bob) == []


@pytest.mark.parametrize("whom", ["all", "org:kommunen", "account:{charlie}", "org:", ""])
def test_a_supervisor_speaks_to_nobody_but_the_own_people(sara, visitor, cast, whom):
    assert tell(sara, whom.format(charlie=cast.charlie.id)).status_code == 422
    assert messages(visitor(), cast.charlie) == []


def test_a_personal_number_or_no_words_change_nothing_and_keep_the_words(sara, visitor, cast):
    answer = tell(sara, "org:polisen", "Ring 811218-9876")
    assert answer.status_code == 422
    assert "811218-9876" in answer.text
    assert "personnummer" in text(answer.text)
    assert tell(sara, "org:polisen", "  ").status_code == 422
    assert messages(visitor(), cast.alice) == []


def test_what_was_taken_down_or_is_a_month_old_is_no_longer_on_phones(kerstin, visitor, cast):
    tell(kerstin, "all")
    (told,) = messages(visitor(), cast.alice)
    assert take_down(kerstin, told["id"]).status_code == 303
    assert messages(visitor(), cast.alice) == []
    assert "nedtaget" in text(kerstin.get("/messages").text)
    tell(kerstin, "all", "Nästa")
    assert len(messages(visitor(), cast.alice)) == 1
    bundles.forget()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31), tick=False):
        assert messages(visitor(), cast.alice) == []


def test_a_supervisor_can_t_take_down_what_others_have_told(sara, kerstin, visitor, cast):
    tell(kerstin, "all")
    tell(visitor(cast.charlie), "org:kommunen", "Till kommunen")
    ids = [one["id"] for one in messages(visitor(), cast.charlie)]
    assert len(ids) == 2
    assert [take_down(sara, id).status_code for id in ids] == [404, 404]
    assert "Till kommunen" not in sara.get("/messages").text


def test_a_node_gets_every_message_with_whom_it_is_for(sara, visitor, cast):
    tell(sara, f"account:{cast.alice.id}")
    _row, token = devices.add_node("node-a")
    answer = visitor().get(
        "/sync/v1/status", headers={"Authorization": f"Bearer {token}", "Fieldlog-Proto": "1"}
    )
    name = answer.json["ref"]["messages"]
    body = visitor().get(
        f"/sync/v1/ref/messages/{name}",
        headers={"Authorization": f"Bearer {token}", "Fieldlog-Proto": "1"},
    )
    assert [one["for"] for one in body.json["messages"]] == [[cast.alice.id]]


def test_who_only_reads_or_only_writes_in_the_field_finds_no_such_page(visitor, cast):
    for member in (cast.axel, cast.adam, cast.alice):
        assert visitor(member).get("/messages").status_code == 403
