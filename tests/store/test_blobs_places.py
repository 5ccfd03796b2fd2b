"""Where photos lie: a folder and a bucket keep the same promises."""

import fcntl
import os
from datetime import UTC, datetime, timedelta

import obstore
import pytest
from obstore.store import LocalStore, MemoryStore

from fieldlog.store.blobs import place
from fieldlog.store.blobs.bucket import Bucket
from fieldlog.store.blobs.folder import Folder
from fieldlog.store.blobs.place import NoPlace, Raced
from tests.support import pictures

PHOTO = pictures.jpeg(9_000)
NAME = pictures.name(PHOTO)
OTHER = "00" + NAME[2:]
ALICE, BOB = "a" * 16, "b" * 16


@pytest.fixture(params=["folder", "bucket in memory", "bucket in files"])
def here(request, tmp_path):
    match request.param:
        case "folder":
            return Folder(tmp_path / "photos")
        case "bucket in memory":
            return Bucket(MemoryStore())
        case _:
            return Bucket(LocalStore(tmp_path / "bucket", mkdir=True))


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


# In a folder only: what is told is on disk, and a name never stands for half a photo.


def test_bytes_are_on_disk_before_the_name_and_the_name_before_the_answer(tmp_path, monkeypatch):
    here = Folder(tmp_path / "photos")
    here.put(OTHER, b"x")
    done = []
    noted = {
        "pwrite": lambda fd, *_: "write",
        "fdatasync": lambda fd: "flush data",
        "fsync": lambda fd: "flush folder" if os.path.isdir(f"/proc/self/fd/{fd}") else "flush",
        "replace": lambda *_: "name",
    }
    for call, says in noted.items():
        real = getattr(os, call)
        monkeypatch.setattr(
            os, call, lambda *a, r=real, s=says, **k: (done.append(s(*a)), r(*a, **k))[1]
        )
    with here.upload(NAME, ALICE) as upload:
        upload.add(PHOTO)
        assert done == ["write", "flush data"]
        done.clear()
        upload.finish(upload.content())
    folders = ["flush folder"]  # of the shelf that was made for it, or of those above
    assert done[-3:] == ["flush", "name", "flush folder"]
    assert set(done[:-3]) <= set(folders)


def test_a_part_that_can_t_be_written_whole_leaves_what_was_there(tmp_path, monkeypatch):
    here = Folder(tmp_path / "photos")
    add(here, PHOTO[:4_000])
    real = os.pwrite

    def some(fd, data, offset):
        if offset > 4_000:
            raise OSError(28, "No space left on device")
        return real(fd, data[:100], offset)

    monkeypatch.setattr(os, "pwrite", some)
    with pytest.raises(OSError, match="No space"):
        add(here, PHOTO[4_000:])
    assert here.offset(NAME, ALICE) == 4_000


def test_who_waited_for_a_part_that_has_become_whole_does_not_write_into_it(tmp_path):
    here = Folder(tmp_path / "photos")
    add(here, PHOTO)
    part = here._part(NAME, ALICE)
    real = os.open

    def slow(path, *rest, **more):
        fd = real(path, *rest, **more)
        if path == part and here.size(NAME) is None:
            os.replace(part, here._path(NAME))  # another process finishes in between
        return fd

    here._path(NAME).parent.mkdir(parents=True)
    os.open = slow
    try:
        with here.upload(NAME, ALICE) as upload:
            assert upload.offset == 0
            upload.add(b"late")
    finally:
        os.open = real
    assert here.read(NAME) == PHOTO


def test_while_a_part_is_added_no_other_process_adds_to_it(tmp_path):
    here = Folder(tmp_path / "photos")
    with here.upload(NAME, ALICE), here._part(NAME, ALICE).open() as another:
        with pytest.raises(BlockingIOError):
            fcntl.flock(another, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with here.upload(NAME, BOB):
            pass  # another device's part of the same photo is another matter


def test_a_whole_photo_can_not_be_written_to(tmp_path):
    here = Folder(tmp_path / "photos")
    here.put(NAME, PHOTO)
    assert here._path(NAME).stat().st_mode & 0o777 == 0o440
