"""Carrying photos: from where the centre is, past what it won't take, until it signs for each."""

from hashlib import sha256

import pytest

from sync import receipts
from sync.blobs import STRAYS_MAX, Held, carry
from sync.http import Refused, TooLarge, Trouble, Unauthorised
from sync.messages import CHUNK_MAX, CHUNK_MIN, BlobStatus, Compare
from sync.messages.compare import BLOB

KEY = receipts.new_key()
PHOTOS = [bytes([number]) * size for number, size in enumerate((10, CHUNK_MAX, CHUNK_MAX * 2 + 7))]


def name(photo: bytes) -> bytes:
    return sha256(photo).digest()


class Node:
    """The photos of a node: a Holdings."""

    def __init__(self, photos):
        self.photos = {name(photo): photo for photo in photos}
        self.receipts, self.unreadable = {}, set()

    def lacking(self):
        return [Held(n, len(p)) for n, p in self.photos.items() if n not in self.receipts]

    def lines(self):
        return [Compare(BLOB, len(p), n) for n, p in self.photos.items()]

    def piece(self, photo, offset, most):
        if photo.sha256 in self.unreadable:
            raise OSError(5, "Input/output error")
        return self.photos[photo.sha256][offset : offset + most]

    def learn(self, photo, receipt):
        if not receipts.verify_blob(receipts.public_key(KEY), photo.sha256, photo.size, receipt):
            return False
        self.receipts[photo.sha256] = receipt
        return True

    def lower(self, sha256):
        self.receipts.pop(sha256, None)


class Centre:
    """Photos as they come; `ask` is what a night has of it."""

    def __init__(self, key=KEY, room=CHUNK_MAX, forgets=0):
        self.key, self.room, self.forgets = key, room, forgets
        self.came, self.sizes, self.asked, self.refuses = {}, {}, [], {}

    def ask(self, verb, *arguments):
        self.asked.append((verb, *arguments))
        return getattr(self, verb)(*arguments)

    def blob_status(self, hex_name):
        if fault := self.refuses.get(hex_name):
            raise fault
        return self._status(hex_name)

    def blob_part(self, hex_name, offset, length, part):
        if len(part) > self.room:
            raise TooLarge("413")
        held = self.came.setdefault(hex_name, b"")
        self.sizes[hex_name] = length
        if offset == len(held):
            self.came[hex_name] = held + part
        if len(self.came[hex_name]) == length and (self.forgets or not self._true(hex_name)):
            self.forgets -= 1
            self.came[hex_name] = b""
        return self._status(hex_name)

    def compare(self, lines):
        assert all(line.log == BLOB for line in lines)
        return [line._replace(have=0) for line in lines if not self._true(line.hash.hex())]

    def _true(self, hex_name):
        return sha256(self.came.get(hex_name, b"")).hexdigest() == hex_name

    def _status(self, hex_name):
        held, whole = self.came.get(hex_name, b""), self._true(hex_name)
        signed = receipts.sign_blob(self.key, bytes.fromhex(hex_name), len(held), "i", "t")
        length = self.sizes.get(hex_name, 1)
        return BlobStatus(len(held), length, signed if whole else None)

    def parts(self):
        return [asked for asked in self.asked if asked[0] == "blob_part"]


def test_every_photo_arrives_in_parts_and_is_signed_for():
    node, centre, told = Node(PHOTOS), Centre(), []
    carried = carry(node, centre.ask, lambda *step: told.append(step))
    assert {bytes.fromhex(n): p for n, p in centre.came.items()} == node.photos
    assert [len(part[4]) for part in centre.parts()] == [10, CHUNK_MAX, CHUNK_MAX, CHUNK_MAX, 7]
    assert (carried.sent, carried.waiting, carried.faults) == (3, 0, [])
    assert carried.bytes == sum(map(len, PHOTOS))
    assert told == [("photos", number, 3) for number in (1, 2, 3)]


def test_it_goes_on_from_where_the_centre_is():
    node, centre = Node(PHOTOS[2:]), Centre()
    centre.came[name(PHOTOS[2]).hex()] = PHOTOS[2][: CHUNK_MAX + 5]
    carry(node, centre.ask)
    assert [part[2] for part in centre.parts()] == [CHUNK_MAX + 5, 2 * CHUNK_MAX + 5]
    assert node.lacking() == []


def test_what_the_centre_has_already_is_only_signed_for():
    node, centre = Node(PHOTOS[:1]), Centre()
    centre.came[name(PHOTOS[0]).hex()] = PHOTOS[0]
    assert carry(node, centre.ask).sent == 1
    assert centre.parts() == []


def test_an_interrupted_run_is_gone_on_with_by_running_it_again():
    node, centre = Node(PHOTOS), Centre()
    left = 3

    def breaking(verb, *arguments):
        nonlocal left
        left -= verb == "blob_part"
        if left < 0:
            raise Trouble("network")
        return centre.ask(verb, *arguments)

    with pytest.raises(Trouble):
        carry(node, breaking)
    carry(node, centre.ask)
    assert node.lacking() == []
    assert sum(len(part[4]) for part in centre.parts()) == sum(map(len, PHOTOS))


def test_one_photo_that_is_refused_holds_up_no_other():
    node, centre = Node(PHOTOS), Centre()
    refused = name(PHOTOS[0]).hex()
    centre.refuses[refused] = Refused(404, "not_found", "no record names it")
    carried = carry(node, centre.ask)
    assert (carried.sent, carried.waiting) == (2, 1)
    assert [refused in fault for fault in carried.faults] == [True]


def test_one_photo_that_cant_be_read_here_holds_up_no_other():
    node, centre = Node(PHOTOS), Centre()
    node.unreadable.add(name(PHOTOS[1]))
    carried = carry(node, centre.ask)
    assert (carried.sent, carried.waiting) == (2, 1)
    assert "Input/output error" in carried.faults[0]


def test_a_token_that_is_refused_ends_the_run():
    node, centre = Node(PHOTOS), Centre()
    centre.refuses[name(PHOTOS[0]).hex()] = Unauthorised(403, "revoked", "revoked")
    with pytest.raises(Unauthorised):
        carry(node, centre.ask)


def test_smaller_parts_go_where_large_ones_do_not_pass():
    node, centre = Node(PHOTOS[1:2]), Centre(room=CHUNK_MAX // 4)
    assert carry(node, centre.ask).waiting == 0
    assert [len(part[4]) for part in centre.parts()][2:] == [CHUNK_MAX // 4] * 4


def test_where_nothing_passes_it_is_said_and_not_tried_for_ever():
    node, centre = Node(PHOTOS[1:]), Centre(room=CHUNK_MIN - 1)
    carried = carry(node, centre.ask)
    assert (carried.waiting, len(carried.faults)) == (2, 2)


def test_what_came_out_as_another_content_is_sent_again():
    node, centre = Node(PHOTOS[2:]), Centre(forgets=2)
    assert carry(node, centre.ask).waiting == 0
    assert len(centre.parts()) == 9


def test_what_never_becomes_whole_is_given_up_for_this_time():
    node, centre = Node(PHOTOS[:1]), Centre(forgets=10_000)
    carried = carry(node, centre.ask)
    assert carried.waiting == 1
    assert len(centre.parts()) == STRAYS_MAX


def test_what_somebody_else_signed_is_not_believed():
    node, centre = Node(PHOTOS[:1]), Centre(key=receipts.new_key())
    with pytest.raises(Trouble, match="signature"):
        carry(node, centre.ask)
    assert len(node.lacking()) == 1


def test_what_a_restored_centre_has_lost_is_found_and_sent_again():
    node, centre = Node(PHOTOS), Centre()
    carry(node, centre.ask)
    del centre.came[name(PHOTOS[2]).hex()]
    carried = carry(node, centre.ask)
    assert (carried.sent, carried.lowered, carried.waiting) == (1, 1, 0)
    assert centre.came[name(PHOTOS[2]).hex()] == PHOTOS[2]


def test_a_centre_that_says_it_has_and_has_not_ends_the_rounds():
    node, centre = Node(PHOTOS[:1]), Centre()
    centre.compare = lambda lines: [line._replace(have=0) for line in lines]
    assert carry(node, centre.ask).waiting == 1
