"""Rescue files made by the phone, carried by another's, taken by stores that really serve."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

import pytest

from tests.support.served import Stack, stack
from tests.sync.test_twin_photos import picture
from tests.sync.twin import Phone, stored


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> Iterator[Stack]:
    """A node and its centre."""
    running = stack(tmp_path_factory.mktemp("both"))
    yield running
    running.stop()


@pytest.fixture
def phones(both) -> Iterator[list[Phone]]:
    """Alice's at the centre, Bob's at the node."""
    alice, bob = Phone(), Phone("Bob's")
    alice.enrol(both.centre, both.code("alice"))
    bob.enrol(both.node, both.code("bob"))
    yield [alice, bob]
    for phone in (alice, bob):
        phone.stop()


def test_a_colleagues_phone_brings_what_the_phone_itself_could_not(both, phones):
    alice, bob = phones
    visit = alice.arrive()
    alice.leave(visit)
    event = alice.event(note="å ä ö 😀")
    [file] = alice.ask("rescue")
    assert bob.ask("carry", file=file)["state"] == "phone"
    bob.talk()
    bob.ask("photos")
    assert [each["state"] for each in bob.ask("carried")] == ["centre"]
    assert stored(both.centre, visit, event) == [1, 1]
    assert alice.talk() is None
    assert stored(both.centre, visit, event) == [1, 1]
    assert alice.look()["unsent"] == 0


def test_a_photo_that_waits_goes_along(both, phones):
    alice, bob = phones
    taken = picture(120_000, 7)
    alice.event(photos=[taken])
    [file] = alice.ask("rescue")
    bob.ask("carry", file=file)
    bob.talk()
    bob.ask("photos")
    alice.talk()
    assert alice.photos() == {sha256(taken).hexdigest(): "centre"}


def test_a_row_that_was_set_aside_goes_along_raw(phones):
    alice, bob = phones
    damaged = alice.event()
    alice.ask("damage", rid=damaged)
    [file] = alice.ask("rescue")
    bob.ask("carry", file=file)
    bob.talk()
    bob.ask("photos")
    [carried] = bob.ask("carried")
    assert (carried["state"], carried["refused"]) == ("centre", None)


def test_what_is_no_rescue_file_is_not_carried(phones):
    _alice, bob = phones
    assert bob.ask("carry", file=b64encode(b"holiday.jpg").decode()) is None
    assert bob.ask("carried") == []


def test_the_same_file_twice_is_carried_once(phones):
    alice, bob = phones
    alice.event()
    [file] = alice.ask("rescue")
    for _ in range(2):
        bob.ask("carry", file=file)
    assert len(bob.ask("carried")) == 1
