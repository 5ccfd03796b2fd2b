"""A copy of the whole store, and the store made again from it: proven, and nothing overwritten."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from fieldlog.cli.speech import opened
from fieldlog.store import backup, identity, people, sessions
from fieldlog.store.blobs import place

MADE_UP = Path(__file__).parents[1] / "real" / "made_up.jsonl"
PHOTO = b"not a photo, but bytes all the same"


@pytest.fixture
def kept(centre):
    """A centre with records and the bytes of a photo."""
    centre.told("import", "police-events", str(MADE_UP), "--account", "alice")
    with opened():
        place.current().put(sha256(PHOTO).hexdigest(), PHOTO)
    return centre


@pytest.fixture
def copy(kept, tmp_path):
    """Its copy, told."""
    return kept.told("store", "backup", str(tmp_path))


def inc() -> str:
    with opened():
        return identity.get().inc


def damaged(file: str, where: bytes) -> None:
    """One bit of a copy flipped, just behind some bytes of it."""
    path = Path(file)
    content = bytearray(path.read_bytes())
    at = content.index(where) + len(where) + 100
    content[at] ^= 1
    path.write_bytes(content)


def test_a_copy_is_one_file_that_only_its_owner_reads_and_nothing_is_left_beside_it(copy, tmp_path):
    file = Path(copy["file"])
    assert file.parent == tmp_path
    assert file.name.startswith("c-")
    assert file.stat().st_mode & 0o777 == 0o600
    assert [
        each.name for each in tmp_path.iterdir() if "cop" in each.name or "part" in each.name
    ] == []
    assert (copy["store"], copy["role"], copy["engine"]) == ("c", "centre", "sqlite")


def test_what_was_written_after_the_copy_is_gone_and_what_before_is_there(kept, copy):
    before, was = kept.told("store", "count"), inc()
    kept.told("account", "add", "bob", "--name", "Bob", "--org", "polisen")
    told = kept.told("store", "restore", "--replace", copy["file"])
    assert kept.told("store", "count") == before
    assert kept("device", "code", "bob").exit_code == 1
    assert (told["was"], told["inc"]) == (was, inc())
    assert told["inc"] != was
    assert kept.told("store", "verify")["ok"]


def test_who_has_signed_out_since_is_not_in_again(kept, tmp_path):
    now = datetime.now(UTC)
    with opened():
        token = sessions.begin(people.by_login("alice").id, now, now + timedelta(hours=12))
    file = kept.told("store", "backup", str(tmp_path))["file"]
    with opened():
        sessions.end(token)
    kept.told("store", "restore", "--replace", file)
    with opened():
        assert sessions.account_of(token, now) is None


def test_what_stands_is_never_overwritten_and_kept_aside_when_told_so(kept, copy, tmp_path):
    was = inc()
    done = kept("store", "restore", copy["file"])
    assert done.exit_code == 1
    assert "--replace" in done.stderr
    assert inc() == was
    aside = Path(kept.told("store", "restore", "--replace", copy["file"])["kept"])
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT lower(hex(inc)) FROM identity").fetchone() == (was,)


def test_photos_come_with_it(kept, copy, tmp_path):
    name = sha256(PHOTO).hexdigest()
    with opened():
        place.current().set_aside(name)
    assert kept.told("store", "restore", "--replace", copy["file"])["photos"] == 1
    with opened():
        assert place.current().read(name) == PHOTO


@pytest.mark.parametrize("where", [b"SQLite format 3\0", sha256(PHOTO).hexdigest().encode()])
def test_a_flipped_bit_is_found_and_the_store_left_as_it_was(kept, copy, where):
    damaged(copy["file"], where) if where.startswith(b"SQLite") else flip_photo(copy["file"])
    was, before = inc(), kept.told("store", "count")
    done = kept("store", "restore", "--replace", copy["file"])
    assert done.exit_code == 1
    assert "is damaged" in done.stderr
    assert (inc(), kept.told("store", "count")) == (was, before)


def flip_photo(file: str) -> None:
    path = Path(file)
    path.write_bytes(path.read_bytes().replace(PHOTO, PHOTO.upper()))


def test_a_copy_whose_chains_do_not_hold_is_not_used(kept, tmp_path):
    database = tmp_path / "centre.db"
    with closing(sqlite3.connect(database)) as store, store:
        store.execute("UPDATE entries SET hash = zeroblob(32) WHERE seq = 3")
    copy = kept.told("store", "backup", str(tmp_path))
    done = kept("store", "restore", "--replace", copy["file"])
    assert done.exit_code == 1
    assert "chain breaks at entry 3" in done.stderr
    assert not list(tmp_path.glob("centre.db.re*"))


def test_a_store_in_use_is_not_restored_under_its_server(kept, copy, tmp_path):
    with closing(sqlite3.connect(tmp_path / "centre.db")) as server:
        server.execute("SELECT count(*) FROM entries").fetchone()
        done = kept("store", "restore", "--replace", copy["file"])
    assert done.exit_code == 1
    assert "stop the server" in done.stderr


def test_nothing_is_restored_into_the_other_kind_of_store(kept, copy, monkeypatch):
    monkeypatch.setenv("FIELDLOG_UPSTREAM", "http://127.0.0.1:1")
    done = kept("store", "restore", "--replace", copy["file"])
    assert done.exit_code == 1
    assert "of a centre, these settings make a node" in done.stderr


@pytest.mark.parametrize("content", [b"", b"no tar at all", bytes(10_240)])
def test_what_is_no_copy_is_refused_with_a_sentence(kept, tmp_path, content):
    file = tmp_path / "x.tar"
    file.write_bytes(content)
    done = kept("store", "restore", "--replace", str(file))
    assert done.exit_code == 1
    assert "copy" in done.stderr


def test_only_so_many_copies_are_kept_and_another_store_s_stay(kept, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "other-20200101T000000Z.fieldlog.tar").touch()
    with opened() as app:
        url = app.config["SETTINGS"].database_url
        for day in (1, 2, 3):
            backup.make(folder, url, datetime(2026, 11, day, tzinfo=UTC))
    told = kept.told("store", "backup", str(folder), "--keep", "2")
    assert len(told["deleted"]) == 2
    left = sorted(file.name for file in folder.iterdir())
    assert [name.split("-")[0] for name in left] == ["c", "c", "other"]
    assert json.loads(json.dumps(told))["file"].endswith(left[1])


def test_a_copy_is_of_one_moment_while_others_write(kept, tmp_path, monkeypatch):
    database = tmp_path / "centre.db"
    monkeypatch.setattr("fieldlog.store.backup.sqlite.STEPS", 1)
    written = []

    def write(_done: int, _total: int) -> None:
        with closing(sqlite3.connect(database)) as other, other:
            other.execute("UPDATE identity SET name = name || 'x'")
        written.append(1)

    with opened() as app:
        url = app.config["SETTINGS"].database_url
        told = backup.make(tmp_path / "c.tar", url, datetime.now(UTC), progress=write)
    assert len(written) > 10
    restored = kept.told("store", "restore", "--replace", told["file"])
    assert restored["verified"]
    with opened():
        assert identity.get().name == "c"
