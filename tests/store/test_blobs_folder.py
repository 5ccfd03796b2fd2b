"""Photos in a folder: what is told is on disk, and a name never stands for half a photo."""

import fcntl
import os

import pytest

from fieldlog.store.blobs.folder import Folder
from tests.support import pictures

PHOTO = pictures.jpeg(9_000)
NAME = pictures.name(PHOTO)
OTHER = "00" + NAME[2:]
ALICE, BOB = "a" * 16, "b" * 16


def add(here, data):
    with here.upload(NAME, ALICE) as upload:
        upload.add(data)


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
