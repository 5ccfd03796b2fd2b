"""What a supervisor sent back reaches its author's phones, through nodes too, until answered."""

import json

import pytest
import sqlalchemy as sa

from fieldlog.store import bundles, devices, logs, projection, quarantine, returned
from fieldlog.store.bundles import made
from fieldlog.store.database import reading
from fieldlog.store.tables import Log
from sync.records import rid_bytes
from tests.store.acts import push, visit
from tests.store.authors import Author, visit_body
from tests.store.conftest import CHARLIE, NODE, PHONE, PHONE_2, SARA, Pusher, people_the_store
from tests.support.databases import opened

ASKED = "Vilken plats var det?"
THIRD = Pusher("phone-3")


@pytest.fixture
def held(centre, alice) -> str:
    """A visit of Alice's in quarantine: its rid."""
    rid = alice.visit(place="NOWHERE")
    push(alice)
    assert visit(rid).code == "unknown_place"
    return rid


def send_back(rid: str, text: str = ASKED) -> None:
    logs.write("return", {"ref": rid, "text": text}, SARA)
    made.forget()


def told(device) -> list[dict]:
    return json.loads(_bytes(device))["messages"]


def _bytes(device) -> bytes:
    bearer = devices.Bearer(device.id, device.kind, "", "polisen", None, None)
    digest, _body = bundles.bundle("messages", bundles.scope_of("messages", bearer))
    return bundles.stored("messages", digest, bearer)


def test_the_author_is_asked_on_each_phone_of_hers_and_nobody_else(held):
    send_back(held)
    (message,) = told(PHONE)
    assert {key: message[key] for key in ("kind", "rid", "text", "from", "by")} == {
        "kind": "return",
        "rid": held,
        "text": ASKED,
        "from": "sara",
        "by": "sara",
    }
    assert told(PHONE_2) == [message], "the same account on another phone"
    assert "for" not in message
    assert told(THIRD) == []


def test_what_counts_can_be_sent_back_as_well_and_says_so(centre, alice):
    rid = alice.visit()
    push(alice)
    send_back(rid)
    assert visit(rid).review == "returned"
    assert told(PHONE)[0]["rid"] == rid


def test_a_correction_a_withdrawal_or_a_release_ends_it(centre, alice):
    rids = [alice.visit(place="NOWHERE") for _ in range(3)]
    push(alice)
    for rid in rids:
        send_back(rid)
    assert [one["rid"] for one in told(PHONE)] == rids[::-1], "newest first"
    alice.amend(rids[0], alice.digest_of(rids[0]), visit_body(place="SOL"))
    alice.withdraw(rids[1])
    push(alice)
    made.forget()
    assert [one["rid"] for one in told(PHONE)] == [rids[2]]
    assert (
        len(quarantine.of_log(reading().scalar(sa.select(Log.id).where(Log.log == alice.log)))) == 3
    )
    release(alice, rids[2])
    assert told(PHONE) == []


def test_a_second_question_stands_again(held, alice):
    send_back(held)
    alice.amend(held, alice.digest_of(held), visit_body(place="ELSEWHERE"))
    push(alice)
    send_back(held, "Den platsen finns inte heller.")
    assert [one["text"] for one in told(PHONE)] == ["Den platsen finns inte heller."]
    assert returned.of([rid_bytes(held)])[rid_bytes(held)].text.startswith("Den")


def test_where_the_bytes_name_no_author_of_that_phone_all_its_writers_are_asked(centre, alice):
    rid = alice.write("visit", visit_body(), by=CHARLIE.id)
    push(alice)
    assert visit(rid).code == "not_allowed"
    send_back(rid)
    (one,) = returned.standing()
    assert one.to == ("alice", "bob")
    assert told(PHONE_2), "Alice's other phone"


def test_a_return_that_itself_stands_in_quarantine_asks_nobody(held):
    send_back(held, "Är det 19121212-1212?")
    assert told(PHONE) == []


def test_a_return_of_what_is_not_here_waits_in_silence(centre):
    send_back("01900000-0000-7000-8000-000000000009")
    assert told(PHONE) == []


def test_nothing_of_it_is_forgotten_when_all_is_made_again(held):
    send_back(held)
    before = _bytes(PHONE)
    projection.rebuild()
    made.forget()
    assert _bytes(PHONE) == before


def test_what_follows_a_return_is_not_held_up(held, alice):
    send_back(held)
    later = alice.visit()
    push(alice)
    assert visit(later).code is None


def test_a_node_gets_all_with_whom_each_is_for_and_gives_each_its_own(held, new_database):
    send_back(held)
    body = _bytes(NODE)
    assert [one["for"] for one in json.loads(body)["messages"]] == [["alice"]]
    with opened(new_database()):
        people_the_store()
        bundles.apply("messages", body)
        assert [one["rid"] for one in told(PHONE)] == [held]
        assert told(THIRD) == []


def release(author: Author, rid: str) -> None:
    seq = author.rids.index(rid) + 1
    body = {"ref": rid, "log": author.log, "seq": seq, "sha256": author.digest_of(rid).hex()}
    logs.write("release", {**body, "why": "platsen är ny"}, SARA)
    made.forget()
