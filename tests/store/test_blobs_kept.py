"""Photos in a store: named by entries, adopted after a crash, checked, mended, counted, carried."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
import sqlalchemy as sa

from fieldlog.store import blobs, identity, logs, projection, schema
from fieldlog.store.blobs import carrying, kept, named, place, waiting
from fieldlog.store.blobs.folder import Folder
from fieldlog.store.database import db, reading, writing
from fieldlog.store.tables import Blob, BlobName, Entry
from sync import receipts
from sync.messages import Compare
from sync.messages.compare import BLOB
from tests.store.authors import Author, event_body
from tests.store.conftest import NODE, PHONE, PHONE_2
from tests.support import pictures
from tests.support.databases import opened

NOW = datetime(2019, 5, 3, 21, tzinfo=UTC)
PHOTO, OTHER, THIRD = (pictures.jpeg(5_000, seed) for seed in range(3))
NAME = sha256(PHOTO).digest()


@pytest.fixture
def here(centre, tmp_path):
    """The place of photos."""
    folder = Folder(tmp_path / "photos")
    place.use(folder)
    return folder


@pytest.fixture
def told(here, alice):
    """An event of Alice's that names two photos."""
    alice.event(blobs=pictures.named(PHOTO, OTHER))
    return accept(alice)


def accept(author: Author, pusher=PHONE):
    return logs.accept(author.section(), pusher, NOW)


def take(photo: bytes, device=PHONE):
    return blobs.take(pictures.name(photo), device, 0, len(photo), photo)


def test_an_entry_names_its_photos_once_it_is_accepted(here, alice):
    with pytest.raises(blobs.NotNamed):
        take(PHOTO)
    alice.event(blobs=pictures.named(PHOTO))
    accept(alice)
    with pytest.raises(blobs.NotNamed):
        take(PHOTO, PHONE_2)
    assert take(PHOTO).offset == len(PHOTO)


def test_an_entry_on_a_branch_names_its_photos_too(here, alice):
    alice.visit()
    accept(alice)
    clone = Author(alice.by, alice.org, log=alice.log, payloads=alice.payloads[:1])
    clone.event(blobs=pictures.named(PHOTO))
    assert accept(clone).r == "fork"
    assert take(PHOTO).offset == len(PHOTO)


def test_a_payload_that_was_gone_names_its_photos_when_it_comes_back(here, alice):
    alice.event(blobs=pictures.named(PHOTO))
    section = alice.section()
    logs.accept(_without(section, 1), PHONE, NOW)
    with pytest.raises(blobs.NotNamed):
        take(PHOTO)
    logs.accept(section, PHONE, NOW)
    assert take(PHOTO).offset == len(PHOTO)


def _without(section, index):
    lines = list(section.lines)
    lines[index] = lines[index]._replace(payload=None)
    return replace(section, lines=lines)


def test_the_names_are_made_again_from_the_entries(told):
    before = set(reading().execute(sa.select(BlobName.sha256, BlobName.entry_id, BlobName.size)))
    assert len(before) == 2
    with writing() as session:
        session.execute(sa.delete(BlobName))
        session.add(BlobName(sha256=b"\0" * 32, entry_id=1, size=3))
    projection.rebuild()
    after = set(reading().execute(sa.select(BlobName.sha256, BlobName.entry_id, BlobName.size)))
    assert after == before


def test_a_photo_whose_row_was_lost_in_a_crash_gets_it_back_when_asked_for(told, here, monkeypatch):
    def dies(*_):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(kept, "note", dies)
        with pytest.raises(SystemExit):
            take(PHOTO)
    assert kept.row_of(NAME) is None
    status = blobs.status(NAME.hex(), PHONE)
    assert (status.offset, status.receipt is not None) == (len(PHOTO), True)
    assert kept.row_of(NAME).size == len(PHOTO)


def test_bytes_that_are_not_the_photo_are_not_adopted(told, here):
    here.put(NAME.hex(), OTHER)
    assert blobs.status(NAME.hex(), PHONE).offset == 0
    assert take(PHOTO).offset == len(PHOTO)
    assert here.read(NAME.hex()) == PHOTO


def test_the_centre_signs_only_for_what_is_there_at_that_moment(told, here):
    take(PHOTO)
    assert blobs.status(NAME.hex(), PHONE).receipt
    here.set_aside(NAME.hex())
    status = blobs.status(NAME.hex(), PHONE)
    assert (status.offset, status.receipt) == (0, None)
    assert take(PHOTO).receipt


def test_half_a_photo_is_not_signed_for_whatever_the_table_says(told, here):
    take(PHOTO)
    path = here._path(NAME.hex())
    path.chmod(0o640)
    path.write_bytes(PHOTO[:-1])
    status = blobs.status(NAME.hex(), PHONE)
    assert (status.offset, status.receipt) == (0, None)
    assert take(PHOTO).receipt
    assert here.read(NAME.hex()) == PHOTO


def test_what_a_rescue_file_brings_is_kept_if_it_is_what_a_record_names(told, here):
    assert not blobs.keep(pictures.name(THIRD), THIRD)
    assert not blobs.keep(NAME.hex(), OTHER)
    assert blobs.keep(NAME.hex(), PHOTO)
    assert blobs.keep(NAME.hex(), PHOTO)
    assert here.read(NAME.hex()) == PHOTO


def test_the_check_finds_nothing_where_nothing_is_wrong(told):
    take(PHOTO)
    counted = []
    assert blobs.verify(counted.append) == []
    assert sum(counted) == 1


def test_the_check_finds_a_flipped_bit_and_a_missing_photo_and_changes_nothing(told, here):
    take(PHOTO)
    take(OTHER)
    _damage(here, PHOTO)
    here._path(pictures.name(OTHER)).unlink()
    for _ in range(2):
        assert blobs.verify() == sorted(
            [
                f"photo {pictures.name(PHOTO)} does not have the bytes it was taken in with",
                f"photo {pictures.name(OTHER)} is not here any more",
            ]
        )
    assert blobs.verify(mend=True)
    assert blobs.verify() == []


def test_what_was_mended_is_asked_for_again_and_its_bytes_are_kept_aside(told, here, tmp_path):
    take(PHOTO)
    damaged = _damage(here, PHOTO)
    blobs.verify(mend=True)
    assert (tmp_path / "photos/aside" / NAME.hex()).read_bytes() == damaged
    lines = [Compare(BLOB, len(PHOTO), NAME)]
    assert blobs.lacking(lines, NODE) == [Compare(BLOB, 0, NAME)]
    assert blobs.status(NAME.hex(), PHONE).offset == 0
    assert take(PHOTO).receipt
    assert blobs.lacking(lines, NODE) == []


def test_mending_gives_rows_to_photos_that_a_copy_brought_back(told, here):
    here.put(NAME.hex(), PHOTO)
    assert kept.row_of(NAME) is None
    assert blobs.verify(mend=True) == []
    assert kept.row_of(NAME).kind == "image/jpeg"


def test_a_place_that_is_gone_is_a_fault_once_there_are_photos(told, here, centre):
    centre.extensions.pop("fieldlog_blobs")
    assert blobs.verify() == []
    place.use(here)
    take(PHOTO)
    centre.extensions.pop("fieldlog_blobs")
    assert len(blobs.verify()) == 1


def test_what_is_still_to_come_is_counted_by_phone(told, alice):
    assert waiting.by_device() == {PHONE.id: 2}
    alice.event(blobs=pictures.named(PHOTO))
    accept(alice)
    assert waiting.by_device() == {PHONE.id: 2}
    take(PHOTO)
    assert waiting.by_device() == {PHONE.id: 1}
    assert set(waiting.here([NAME, b"\0" * 32])) == {NAME}
    take(OTHER)
    assert waiting.by_device() == {}


def test_a_phone_compares_only_what_its_records_name(told):
    take(PHOTO)
    lines = [Compare(BLOB, len(PHOTO), NAME)]
    assert blobs.lacking(lines, PHONE) == []
    assert blobs.lacking(lines, PHONE_2) == [Compare(BLOB, 0, NAME)]
    assert blobs.lacking([Compare(BLOB, 1, NAME)], NODE) == [Compare(BLOB, 0, NAME)]


def test_a_node_knows_what_the_centre_has_by_the_centres_signature_alone(told):
    take(PHOTO)
    key = receipts.new_key()
    identity.learn_centre_key(receipts.public_key(key))
    (photo,) = carrying.lacking()
    assert carrying.piece(photo, 100, 50) == PHOTO[100:150]
    assert carrying.lines() == [Compare(BLOB, len(PHOTO), NAME)]


def test_records_of_an_earlier_version_are_asked_for_their_photos(empty_database_url):
    with opened(empty_database_url):
        schema.upgrade("0004")
        author = Author("alice", "polisen")
        author.event(blobs=pictures.named(PHOTO))
        author.event()
        author.amend(author.rids[1], b"\0" * 32, event_body(blobs=pictures.named(OTHER, OTHER)))
        author.visit()
        with writing() as session:
            rows = [_entry(n, payload) for n, payload in enumerate(author.payloads, 1)]
            session.execute(sa.insert(Entry.__table__), rows)
        schema.upgrade()
        found = set(reading().execute(sa.select(BlobName.sha256, BlobName.entry_id, BlobName.size)))
        assert found == {(NAME, 1, 5_000), (sha256(OTHER).digest(), 3, 5_000)}
        with writing() as session:
            named.again(session)
        again = set(reading().execute(sa.select(BlobName.sha256, BlobName.entry_id, BlobName.size)))
        assert again == found
        assert reading().scalar(sa.select(sa.func.count()).select_from(Blob)) == 0
        db.session.remove()


def _entry(number: int, payload: bytes) -> dict:
    return {
        "log_id": 1,
        "branch": 0,
        "seq": number,
        "digest": sha256(payload).digest(),
        "hash": bytes(32),
        "payload": payload,
        "type": json.loads(payload)["t"],
        "received_at": NOW,
    }


def _damage(here: Folder, photo: bytes) -> bytes:
    """Flip a bit of a photo on disk; its bytes then."""
    path = here._path(pictures.name(photo))
    path.chmod(0o640)
    damaged = photo[:2_000] + bytes([photo[2_000] ^ 1]) + photo[2_001:]
    path.write_bytes(damaged)
    return damaged
