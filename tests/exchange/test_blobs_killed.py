"""A server that is killed while a photo comes in: what it answered stands, the rest is resumed."""

import threading
from random import Random

import pytest

from fieldlog.store import blobs, identity
from sync import messages, receipts
from sync.http import Peer, Trouble
from sync.messages import CHUNK_MAX
from tests.exchange import building
from tests.support import pictures
from tests.support.cast import gather
from tests.support.served import Store

LOG = "00112233445566778899aabbccddeeff"
PHOTO = pictures.jpeg(12 * CHUNK_MAX + 77)
NAME = pictures.name(PHOTO)
KILLS = 2


@pytest.fixture
def centre(tmp_path):
    store = Store(tmp_path, "centre", push_rate=0)
    with store.inside():
        cast = gather()
    store.start()
    yield store, cast
    store.stop()


def test_each_part_that_was_answered_outlives_a_kill_and_the_photo_becomes_whole(centre):
    store, cast = centre
    dice = Random(1)
    line = building.event(cast, 1, pictures.named(PHOTO))
    with Peer(store.url, cast.alice.token, timeout=(5.0, 5.0)) as peer:
        peer.push(messages.parse([building.section(LOG, [], [line])]))
        here = peer.blob_status(NAME)
        for _ in range(KILLS):
            killer = threading.Timer(dice.uniform(0.0, 0.03), store.process.kill)
            killer.start()
            answered = _sent_until_it_fails(peer, here.offset)
            killer.join()
            store.kill()
            here = peer.blob_status(NAME)
            assert here.offset >= answered, "a part that was answered is gone"
        while here.offset < len(PHOTO):
            part = PHOTO[here.offset : here.offset + CHUNK_MAX]
            here = peer.blob_part(NAME, here.offset, len(PHOTO), part)
    with store.inside():
        key = identity.centre_key()
        assert receipts.verify_blob(key, bytes.fromhex(NAME), len(PHOTO), here.receipt)
        assert blobs.place.current().read(NAME) == PHOTO
        assert blobs.verify() == []


def _sent_until_it_fails(peer: Peer, offset: int) -> int:
    """Send parts until the store is gone; how many bytes were answered."""
    try:
        while offset < len(PHOTO):
            part = PHOTO[offset : offset + CHUNK_MAX]
            offset = peer.blob_part(NAME, offset, len(PHOTO), part).offset
    except Trouble:
        pass
    return offset
