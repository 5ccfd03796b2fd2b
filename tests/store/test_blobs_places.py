"""Where photos lie: a folder and a bucket keep the same promises."""

from datetime import UTC, datetime, timedelta

import obstore
import pytest
from obstore.store import LocalStore, MemoryStore

from fieldlog.store.blobs import place
from fieldlog.store.blobs.bucket import Bucket
from fieldlog.store.blobs.folder import Folder
from fieldlog.store.blobs.place import NoPlace, Raced
from tests.support import pictures
from tests.support.s3 import serving

PHOTO = pictures.jpeg(9_000)
NAME = pictures.name(PHOTO)
OTHER = "00" + NAME[2:]
ALICE, BOB = "a" * 16, "b" * 16


@pytest.fixture(params=["folder", "bucket in memory", "bucket in files", "bucket over s3"])
def here(request, tmp_path):
    match request.param:
        case "folder":
            return Folder(tmp_path / "photos")
        case "bucket in memory":
            return Bucket(MemoryStore())
        case "bucket in files":
            return Bucket(LocalStore(tmp_path / "bucket", mkdir=True))
    request.getfixturevalue("s3")
    return Bucket.at("s3://bucket/photos")


@pytest.fixture
def s3(monkeypatch):
    """A bucket over a socket, its address and keys where an operator sets them."""
    with serving() as server:
        for name, value in {
            "AWS_ENDPOINT": server.url,
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "eu-north-1",
        }.items():
            monkeypatch.setenv(name, value)
        yield server


def add(here, data, name=NAME, by=ALICE):
    with here.upload(name, by) as upload:
        upload.add(data)
        return upload.offset


def finish(here, name=NAME, by=ALICE):
    with here.upload(name, by) as upload:
        content = upload.content()
        upload.finish(content)
        return content


def test_parts_become_a_whole_under_its_name(here):
    assert (here.size(NAME), here.offset(NAME, ALICE), list(here.names())) == (None, 0, [])
    assert add(here, PHOTO[:4_000]) == 4_000
    assert here.offset(NAME, ALICE) == 4_000
    assert here.size(NAME) is None
    add(here, PHOTO[4_000:])
    assert finish(here) == PHOTO
    assert (here.size(NAME), here.read(NAME)) == (len(PHOTO), PHOTO)
    assert here.read(NAME, 10, 20) == PHOTO[10:30]
    assert here.offset(NAME, ALICE) == 0
    assert list(here.names()) == [NAME]


def test_what_is_not_here_is_told_as_such(here):
    assert here.size(NAME) is None
    with pytest.raises(FileNotFoundError):
        here.read(NAME)
    with pytest.raises(FileNotFoundError):
        here.read(NAME, 0, 10)


def test_each_device_has_its_own_parts(here):
    add(here, PHOTO[:4_000])
    add(here, PHOTO[:5_000], by=BOB)
    assert (here.offset(NAME, ALICE), here.offset(NAME, BOB)) == (4_000, 5_000)
    add(here, PHOTO[5_000:], by=BOB)
    assert finish(here, by=BOB) == PHOTO
    assert here.offset(NAME, ALICE) == 4_000


def test_what_is_dropped_leaves_nothing(here):
    add(here, PHOTO[:4_000])
    with here.upload(NAME, ALICE) as upload:
        upload.drop()
    assert here.offset(NAME, ALICE) == 0
    assert here.size(NAME) is None


def test_a_photo_may_come_whole(here):
    here.put(NAME, PHOTO)
    here.put(NAME, PHOTO)
    here.put(OTHER, b"x")
    assert here.read(NAME) == PHOTO
    assert list(here.names()) == sorted([NAME, OTHER])


def test_finishing_what_another_device_has_finished_changes_nothing(here):
    add(here, PHOTO)
    add(here, PHOTO, by=BOB)
    finish(here)
    finish(here, by=BOB)
    assert here.read(NAME) == PHOTO
    assert list(here.names()) == [NAME]


def test_what_is_set_aside_is_not_here_any_more(here):
    here.put(NAME, PHOTO)
    here.set_aside(NAME)
    assert (here.size(NAME), list(here.names())) == (None, [])
    here.put(NAME, PHOTO)
    here.set_aside(NAME)
    assert here.size(NAME) is None


def test_old_parts_go_and_whole_photos_and_new_parts_stay(here):
    now = datetime.now(UTC)
    add(here, PHOTO[:4_000])
    add(here, PHOTO[4_000:5_000])
    here.put(OTHER, PHOTO)
    assert here.tidy(now - timedelta(minutes=1)) == 0
    assert here.offset(NAME, ALICE) == 5_000
    assert here.tidy(now + timedelta(minutes=1)) == 1
    assert here.offset(NAME, ALICE) == 0
    assert here.size(OTHER) == len(PHOTO)


def test_a_setting_names_a_folder_or_a_bucket(tmp_path):
    assert isinstance(place.made(str(tmp_path)), Folder)
    assert isinstance(place.made("memory:///"), Bucket)
    assert isinstance(place.made("s3://bucket/prefix"), Bucket)


# In a bucket only: nothing is locked, so what another process did just now is found out.


@pytest.fixture
def processes():
    """One bucket, as two processes see it that share no disk."""
    store = MemoryStore()
    return Bucket(store), Bucket(store)


def test_two_processes_that_add_the_same_part_do_not_write_over_each_other(processes):
    one, two = processes
    with one.upload(NAME, ALICE) as mine, two.upload(NAME, ALICE) as theirs:
        mine.add(PHOTO[:4_000])
        with pytest.raises(Raced):
            theirs.add(b"x" * 5_000)
    assert two.offset(NAME, ALICE) == 4_000


def test_over_s3_a_part_is_written_on_the_condition_that_none_is_there(s3):
    one, two = Bucket.at("s3://bucket/photos"), Bucket.at("s3://bucket/photos")
    with one.upload(NAME, ALICE) as mine, two.upload(NAME, ALICE) as theirs:
        mine.add(PHOTO[:4_000])
        with pytest.raises(Raced):
            theirs.add(b"x" * 5_000)
    part = f"photos/parts/{NAME}/{ALICE}/0000000000"
    assert s3.conditions == [(part, "*"), (part, "*")]
    assert s3.objects[part][0] == PHOTO[:4_000]


def test_a_process_goes_on_with_what_another_began(processes):
    one, two = processes
    add(one, PHOTO[:4_000])
    add(two, PHOTO[4_000:])
    assert finish(one) == PHOTO
    assert two.read(NAME) == PHOTO


def test_parts_that_another_process_has_finished_with_are_a_race(processes):
    one, two = processes
    add(one, PHOTO)
    with two.upload(NAME, ALICE) as late:
        finish(one)
        with pytest.raises(Raced):
            late.content()


def test_a_part_beyond_a_hole_does_not_count():
    store = MemoryStore()
    here = Bucket(store)
    add(here, PHOTO[:4_000])
    obstore.put(store, f"parts/{NAME}/{ALICE}/0000005000", b"left over")
    assert here.offset(NAME, ALICE) == 4_000


def test_a_bucket_out_of_reach_is_no_verdict_on_any_photo():
    here = Bucket(
        obstore.store.S3Store(
            "nowhere",
            endpoint="http://127.0.0.1:9",
            access_key_id="x",
            secret_access_key="y",
            region="r",
            client_options={"allow_http": True, "timeout": "2s"},
            retry_config={"max_retries": 0},
        )
    )
    for ask in (
        lambda: here.size(NAME),
        lambda: here.read(NAME),
        lambda: here.offset(NAME, ALICE),
        lambda: here.put(NAME, PHOTO),
        lambda: list(here.names()),
    ):
        with pytest.raises(NoPlace):
            ask()
