"""The file a copy is: a tar of `copy.json`, the database as its own tool wrote it, and photos.

Knows nothing of databases. What is read is held against the hashes it was written with.
"""

import json
import os
import shutil
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path

FORMAT = 1
ABOUT, DATABASE, PHOTOS = "copy.json", "database", "photos/"
ONLY_OWNER = 0o600


class BadCopy(Exception):
    """Not a copy, a damaged one, or one this program can't use; its text says which."""


def write(to: Path, about: dict, database: Path, photos: Iterable[tuple[str, bytes]]) -> None:
    """Make the file `to`, on disk and whole when this returns, or not there at all."""
    partial = to.with_name(f"{to.name}.part")
    about = about | {"fieldlog_copy": FORMAT, "database": _fingerprint(database)}
    try:
        with _only_for_its_owner(partial) as raw, tarfile.open(fileobj=raw, mode="w") as tar:
            _add(tar, ABOUT, json.dumps(about, indent=1, ensure_ascii=False).encode())
            tar.add(database, DATABASE, filter=_anonymous)
            for name, content in photos:
                _add(tar, PHOTOS + name, content)
        os.replace(partial, to)
        sync_folder(to.parent)
    finally:
        partial.unlink(missing_ok=True)


def manifest(file: Path) -> dict:
    """What the copy says of itself. Raises BadCopy."""
    with _opened(file) as tar:
        return _about(tar)


def take_database(file: Path, to: Path) -> dict:
    """Write the database to `to`, proven to be what was copied; what the copy says of itself."""
    with _opened(file) as tar:
        about = _about(tar)
        with _only_for_its_owner(to) as target:
            shutil.copyfileobj(_member(tar, DATABASE), target)
    if _fingerprint(to) != about["database"]:
        to.unlink()
        raise BadCopy(f"{file.name} is damaged: its database is not what was copied.")
    return about


def photos(file: Path) -> Iterator[tuple[str, bytes]]:
    """Every photo by its name, each proven. Raises BadCopy."""
    with _opened(file) as tar:
        for member in tar:
            if not member.name.startswith(PHOTOS):
                continue
            name, content = member.name.removeprefix(PHOTOS), tar.extractfile(member).read()
            if sha256(content).hexdigest() != name:
                raise BadCopy(f"{file.name} is damaged: photo {name} is not what was copied.")
            yield name, content


def sync_folder(folder: Path) -> None:
    """Have a rename in it survive a power cut."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextmanager
def _only_for_its_owner(path: Path):
    path.unlink(missing_ok=True)
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, ONLY_OWNER)
    with os.fdopen(fd, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _opened(file: Path):
    try:
        with tarfile.open(file, "r:") as tar:
            yield tar
    except (tarfile.TarError, OSError, EOFError) as broken:
        raise BadCopy(f"{file} can't be read as a copy of a store: {broken}") from broken


def _about(tar: tarfile.TarFile) -> dict:
    try:
        about = json.loads(_member(tar, ABOUT).read())
        known = about["fieldlog_copy"] == FORMAT
    except (ValueError, KeyError, TypeError) as broken:
        raise BadCopy(f"{tar.name} does not say what it is a copy of.") from broken
    if not known:
        raise BadCopy(f"{tar.name} was made by a newer program. Update this one first.")
    return about


def _member(tar: tarfile.TarFile, name: str):
    try:
        found = tar.extractfile(name)
    except KeyError:
        found = None
    if found is None:
        raise BadCopy(f"{tar.name} is no copy of a store: there is no {name} in it.")
    return found


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = _anonymous(tarfile.TarInfo(name))
    member.size = len(content)
    tar.addfile(member, BytesIO(content))


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = ONLY_OWNER
    return member


def _fingerprint(file: Path) -> dict:
    with file.open("rb") as content:
        return {"sha256": file_digest(content, "sha256").hexdigest(), "size": file.stat().st_size}
