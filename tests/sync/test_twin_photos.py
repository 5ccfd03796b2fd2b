"""The phone's own sender of photos, in JavaScript, against stores that really serve."""

from collections.abc import Iterator
from hashlib import sha256
from random import Random

import pytest

from tests.sync.twin import Phone, copied, restored


@pytest.fixture
def phone(both) -> Iterator[Phone]:
    """Alice's, with the node as its home."""
    phone = Phone()
    phone.enrol(both.node, both.code("alice"))
    yield phone
    phone.stop()


@pytest.fixture
def at_centre(both) -> Iterator[Phone]:
    """Alice's, with the centre as its home."""
    phone = Phone()
    phone.enrol(both.centre, both.code("alice"))
    yield phone
    phone.stop()


def picture(size: int, seed: int) -> bytes:
    """As much of a JPEG as a store looks at, and noise."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + Random(seed).randbytes(size - 11)


def test_a_photo_comes_by_parts_and_the_centre_signs_for_it(at_centre):
    taken = picture(700_000, 1)
    at_centre.event(photos=[taken])
    assert at_centre.photos() == {sha256(taken).hexdigest(): "phone"}
    assert at_centre.talk() is None
    assert at_centre.photos() == {sha256(taken).hexdigest(): "centre"}
    assert at_centre.look()["mine"][0]["photos"] == {"all": 1, "waiting": 0}


def test_small_photos_and_the_same_one_again_are_there_once(at_centre):
    one, other = picture(300, 2), picture(4_096, 3)
    at_centre.event(photos=[one, other])
    at_centre.event(photos=[one])
    at_centre.talk()
    assert set(at_centre.photos().values()) == {"centre"}


def test_by_way_of_a_node_it_is_safe_only_after_the_night(both, phone):
    taken = picture(300_000, 4)
    phone.event(photos=[taken])
    phone.talk()
    assert phone.photos() == {sha256(taken).hexdigest(): "node"}
    assert both.node.run("sync")["outcome"] == "ok"
    phone.talk()
    assert phone.photos() == {sha256(taken).hexdigest(): "centre"}


def test_what_is_no_picture_is_kept_and_told_of(at_centre):
    at_centre.event(photos=[b"<svg onload=alert(1)>" * 400])
    at_centre.talk()
    at_centre.photos()
    [row] = at_centre.table("photos")
    assert (row["state"], row["refused"]) == ("phone", "415")
    assert len(at_centre.table("photoBytes")) == 1


def test_a_centre_restored_from_a_copy_gets_the_photo_again(both, at_centre):
    backup = copied(both.centre)
    taken = picture(200_000, 5)
    at_centre.event(photos=[taken])
    at_centre.talk()
    assert at_centre.photos() == {sha256(taken).hexdigest(): "centre"}
    restored(both.centre, backup)
    at_centre.talk()
    assert at_centre.photos() == {sha256(taken).hexdigest(): "centre"}
