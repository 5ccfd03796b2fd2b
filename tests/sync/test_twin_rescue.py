"""Rescue files made by the phone, carried by another's, taken by stores that really serve."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from fieldlog.store import identity, rescues
from sync import rescue
from sync.rescue import Part
from tests.support.pin import PIN
from tests.sync.test_twin_photos import picture
from tests.sync.twin import Phone, stored


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


def test_a_locked_phones_file_is_taken_by_the_centre_as_if_it_had_sent(both, phones):
    alice, bob = phones
    visit = alice.arrive()
    alice.ask("seal", pin=PIN)
    event, damaged = alice.event(note="å ä ö 😀", photos=[picture(90_000, 3)]), alice.event()
    alice.ask("damage", rid=damaged)
    alice.ask("lock")
    [file] = alice.ask("rescue")
    for _twice in range(2):
        bob.ask("carry", file=file)
        bob.talk()
        bob.ask("photos")
    assert [(each["state"], each["refused"]) for each in bob.ask("carried")] == [("centre", None)]
    assert stored(both.centre, visit, event, damaged) == [1, 1, 1]
    alice.ask("unlock", pin=PIN)
    alice.talk()
    assert alice.look()["unsent"] == 0
    assert set(alice.photos().values()) == {"centre"}


def test_what_is_put_beside_a_locked_phones_rows_is_not_taken_for_its_own(both, phones):
    alice, _bob = phones
    alice.ask("seal", pin=PIN)
    visit = alice.arrive()
    alice.ask("lock")
    with both.centre.inside():
        key = identity.get().receipt_key
        [file] = alice.ask("rescue")
        opened = rescue.open_sealed([b64decode(file)], key)
        parts = list(rescue.read(opened.plain))
        [push] = [each for each in rescue.unlocked(parts, key) if each.kind == "push"]
        beside = rescue.write([*parts[:2], Part("push", push.content)])
        about = {name: getattr(opened.head, name) for name in ("device", "store", "made_at", "app")}
        forged = rescue.seal(lambda _: beside, len(beside), about, identity.centre_key())
        told = rescues.take(forged, "a thief", datetime.now(UTC))
        assert (told["logs"], told["others"]) == ([], 1)
        without = rescue.write(parts[2:])
        stolen = rescue.seal(lambda _: without, len(without), about, identity.centre_key())
        with pytest.raises(rescues.Unproven):
            rescues.take(stolen, "a thief", datetime.now(UTC))
    assert stored(both.centre, visit) == [0]
