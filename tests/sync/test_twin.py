"""The phone's own sender, in JavaScript, against stores that really serve.

One centre, and one node with its centre, serve all tests; each test has phones of its own.
"""

from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from fieldlog import data
from fieldlog.store import categories, devices, people, places
from tests.support.cast import gather
from tests.support.served import Stack, Store
from tests.sync.twin import Phone, PhoneError, copied, payloads, restored, stored

LATER = "2031-01-01T00:00:00Z"


@pytest.fixture
def phones() -> Iterator[list[Phone]]:
    """Whatever is put in here is ended with the test."""
    running: list[Phone] = []
    yield running
    for phone in running:
        phone.stop()


@pytest.fixture(scope="module")
def centre(tmp_path_factory) -> Iterator[Store]:
    """A centre alone, with the named cast and Sollentuna's places."""
    store = Store(tmp_path_factory.mktemp("alone"), "centre")
    with store.inside():
        gather()
        categories.seed()
        places.import_geojson(data.load("sollentuna_places.geojson"), datetime.now(UTC))
    yield store.start()
    store.stop()


@pytest.fixture
def phone(centre, phones) -> Phone:
    """Alice's, enrolled at the centre."""
    return enrolled(Phone(), centre, phones)


def test_what_is_written_arrives_once_byte_for_byte_and_is_signed_for(centre, phone):
    visit = phone.arrive()
    phone.leave(visit)
    event = phone.event(note="å ä ö 😀")
    assert phone.states() == {visit: "phone", event: "phone"}
    assert phone.talk() is None
    assert phone.states() == {visit: "centre", event: "centre"}
    assert phone.look()["unsent"] == 0
    assert stored(centre, visit, event) == [1, 1]
    held = {row["payload"]["bytes"] for row in phone.table("entries")}
    assert {b64decode(each) for each in held} >= payloads(centre, event)


def test_places_come_to_the_phone_by_their_hash(phone):
    phone.talk()
    codes = {place["code"] for place in phone.ask("bundle", name="places")["value"]["places"]}
    assert "HAG" in codes


def test_lost_answers_and_doubled_requests_change_nothing(centre, phone):
    first = phone.event()
    phone.ask("faults", lose=2)
    assert phone.talk() == "retryable"
    second = phone.event()
    assert phone.talk() == "retryable"
    phone.ask("faults", duplicate=True, refuse=1)
    third = phone.event()
    assert phone.talk() == "retryable"
    assert phone.talk() is None
    assert stored(centre, first, second, third) == [1, 1, 1]
    assert phone.look()["unsent"] == 0


def test_old_requests_that_come_again_change_nothing(centre, phone):
    rids = []
    for _ in range(4):
        rids.append(phone.event())
        phone.talk()
    before = centre.run("store", "count")
    assert phone.ask("replay") == 4
    assert centre.run("store", "count") == before
    assert stored(centre, *rids) == [1] * len(rids)
    assert phone.talk() is None
    assert len(phone.look()["logs"]) == 1


def test_two_tabs_that_send_at_once_are_one(centre, phone):
    rids = [phone.event() for _ in range(40)]
    phone.talk(tabs=3)
    assert phone.talk() is None
    assert stored(centre, *rids) == [1] * len(rids)
    assert len(phone.look()["logs"]) == 1


def test_a_cloned_phone_rotates_and_nothing_of_either_is_missing(centre, phone, phones):
    shared = phone.event(note="before the copy")
    phone.talk()
    clone = phone.clone()
    phones.append(clone)
    ours, theirs = phone.event(note="the first"), clone.event(note="the copy")
    assert phone.talk() is None
    assert clone.talk() is None
    assert stored(centre, shared, ours, theirs) == [1, 1, 1]
    assert len(phone.look()["logs"]) == 1
    old, new = clone.look()["logs"]
    assert (old["state"], new["reason"]) == ("forked", "forked")
    assert clone.look()["unsent"] == 0
    assert len(payloads(centre, shared)) == 1


def test_a_phone_restored_from_a_copy_rotates_and_gets_no_false_receipt(centre, phone, phones):
    phone.event()
    backup = phone.clone()
    phones.append(backup)
    lost = phone.event(note="written after the copy")
    phone.talk()
    new = backup.event(note="takes the same number in the log")
    assert backup.states()[new] == "phone"
    assert backup.talk() is None
    assert stored(centre, lost, new) == [1, 1]
    assert backup.states()[new] == "centre"


def test_an_evicted_phone_begins_a_log_of_its_own(centre, phone, phones):
    kept = phone.event()
    phone.talk()
    evicted = enrolled(Phone(), centre, phones)
    assert evicted.states() == {}
    new = evicted.event()
    assert evicted.states() == {new: "phone"}
    assert evicted.talk() is None
    assert stored(centre, kept, new) == [1, 1]
    assert evicted.look()["logs"][0]["log"] != phone.look()["logs"][0]["log"]


def test_a_centre_restored_below_what_was_let_go_is_given_all_that_is_held(centre, phone):
    gone = phone.event(note="before the backup")
    phone.talk()
    backup = copied(centre)
    let_go = phone.event(note="lost with the centre, let go of")
    phone.talk()
    phone.ask("prune", now=LATER)
    assert phone.look()["held"] == 0
    held = phone.event(note="still held")
    phone.talk()
    restored(centre, backup)
    assert phone.talk() is None
    # Within the retention window nothing is let go; here it was forced, and just that is missing.
    assert stored(centre, gone, let_go, held) == [1, 0, 1]
    assert phone.look()["logs"][-1]["reason"] == "restored"
    assert phone.look()["unsent"] == 0


def test_a_centre_restored_to_what_is_still_held_gets_it_all_again(centre, phone):
    rids = [phone.event()]
    phone.talk()
    backup = copied(centre)
    rids += [phone.event(), phone.event()]
    phone.talk()
    restored(centre, backup)
    rids.append(phone.event())
    assert phone.talk() is None
    assert stored(centre, *rids) == [1] * len(rids)
    assert len(phone.look()["logs"]) == 1
    assert phone.look()["unsent"] == 0


def test_quarantine_says_why_and_delays_nothing(centre, phone):
    strange = phone.arrive("NOWHERE")
    good = phone.event()
    assert phone.talk() is None
    shown = {each["rid"]: each for each in phone.look()["mine"]}
    assert (shown[strange]["state"], shown[strange]["code"]) == ("needs", "unknown_place")
    assert shown[strange]["message"]
    assert shown[good]["state"] == "centre"
    assert phone.look()["unsent"] == 0


def test_a_revoked_phone_is_told_and_what_it_holds_goes_into_quarantine(centre, phone):
    phone.event()
    phone.talk()
    device = phone.look()["logs"][0]["device"]
    late = phone.event(note="after the phone was lost")
    with centre.inside():
        devices.revoke(device)
    assert phone.talk() == "auth"
    assert phone.look()["held"] == 3
    shown = next(each for each in phone.look()["mine"] if each["rid"] == late)
    assert (shown["state"], shown["code"]) == ("needs", "revoked")


def test_an_unknown_token_deletes_nothing(centre, phone):
    rid = phone.event()
    backup = phone.ask("dump")
    profile = next(row for row in dict(backup["tables"])["meta"] if row["name"] == "profile")
    profile["value"]["token"] = "not-a-token"
    phone.ask("load", **backup)
    assert phone.talk() == "auth"
    assert phone.states() == {rid: "phone"}
    assert phone.look()["held"] == 2


def test_a_used_code_enrols_nobody_else(centre, phones):
    with centre.inside():
        code = devices.make_code(people.by_login("alice").id)[0]
    one, two = Phone(), Phone()
    phones += [one, two]
    one.enrol(centre, code)
    with pytest.raises(PhoneError) as refused:
        two.enrol(centre, code)
    assert refused.value.kind == "refused"


def test_by_way_of_a_node_the_centre_signs_after_its_night(both, phones):
    phone = joined(both, phones)
    visit = phone.arrive()
    phone.leave(visit)
    assert phone.talk() is None
    assert phone.states() == {visit: "node"}
    assert phone.look()["unsent"] == 2
    assert both.node.run("sync")["outcome"] == "ok"
    assert phone.talk() is None
    assert phone.states() == {visit: "centre"}
    assert stored(both.centre, visit) == stored(both.node, visit) == [1]


def test_nothing_is_let_go_at_the_nodes_word(both, phones):
    phone = joined(both, phones)
    phone.event()
    phone.talk()
    phone.ask("prune", now=LATER)
    assert phone.look()["held"] == 2
    both.node.run("sync")
    phone.talk()
    phone.ask("prune", now=LATER)
    assert phone.look()["held"] == 0


def test_a_node_restored_below_what_the_phone_let_go_goes_on_and_all_is_at_the_centre(both, phones):
    phone = joined(both, phones)
    rids = [phone.event()]
    phone.talk()
    backup = copied(both.node)
    rids.append(phone.event())
    phone.talk()
    both.node.run("sync")
    phone.talk()
    phone.ask("prune", now=LATER)
    restored(both.node, backup)
    rids.append(phone.event())
    assert phone.talk() is None
    assert len(phone.look()["logs"]) == 1
    both.node.run("sync")
    assert phone.talk() is None
    assert stored(both.centre, *rids) == [1, 1, 1]
    assert phone.look()["unsent"] == 0


def enrolled(phone: Phone, centre: Store, phones: list[Phone]) -> Phone:
    phones.append(phone)
    with centre.inside():
        code = devices.make_code(people.by_login("alice").id)[0]
    phone.enrol(centre, code)
    return phone


def joined(both: Stack, phones: list[Phone]) -> Phone:
    """Alice's phone with the node as its home."""
    phone = Phone()
    phones.append(phone)
    phone.enrol(both.node, both.code("alice"))
    return phone
