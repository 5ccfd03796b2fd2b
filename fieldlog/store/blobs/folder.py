"""Photos in a folder: whole ones under their hash, parts beside them.

A whole photo gets its name by a rename, once its bytes are on disk; so a name never stands for
half a photo, whenever the power goes. Parts are locked while one is added: several processes may
share the folder. Knows nothing of what the bytes are.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex


class Folder:
    """See `place.Place`. `whole/ab/abcd…`, `parts/<name>.<by>`, `aside/<name>`."""

    def __init__(self, root: Path) -> None:
        self._whole, self._parts, self._aside = (root / n for n in ("whole", "parts", "aside"))

    def size(self, name: str) -> int | None:
        return _size(self._path(name))

    def read(self, name: str, start: int = 0, most: int | None = None) -> bytes:
        with self._path(name).open("rb") as file:
            file.seek(start)
            return file.read(-1 if most is None else most)

    def put(self, name: str, data: bytes) -> None:
        part = self._part(name, token_hex(8))
        with self._opened(part) as fd:
            upload = FolderUpload(fd, part, self._path(name))
            upload.add(data)
            upload.finish(data)

    def offset(self, name: str, by: str) -> int:
        return _size(self._part(name, by)) or 0

    @contextmanager
    def upload(self, name: str, by: str) -> Iterator["FolderUpload"]:
        part = self._part(name, by)
        with self._opened(part) as fd:
            try:
                yield FolderUpload(fd, part, self._path(name))
            finally:
                if _is(fd, part) and not os.fstat(fd).st_size:
                    part.unlink()  # nothing came of it

    def names(self) -> Iterator[str]:
        for shelf in sorted(self._whole.glob("??")):
            yield from sorted(file.name for file in shelf.iterdir())

    def set_aside(self, name: str) -> None:
        _ensure(self._aside)
        os.replace(self._path(name), self._aside / name)
        _flush(self._aside)

    def tidy(self, before: datetime) -> int:
        gone = 0
        for part in self._parts.glob("*"):
            with suppress(FileNotFoundError):
                if part.stat().st_mtime < before.timestamp():
                    part.unlink()
                    gone += 1
        return gone

    def _path(self, name: str) -> Path:
        return self._whole / name[:2] / name

    def _part(self, name: str, by: str) -> Path:
        return self._parts / f"{name}.{by}"

    @contextmanager
    def _opened(self, part: Path) -> Iterator[int]:
        """The part, locked, as it is called now: who waited may hold one that has become whole."""
        _ensure(self._parts)
        while True:
            fd = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(fd, fcntl.LOCK_EX)
                if _is(fd, part):
                    yield fd
                    return
            finally:
                os.close(fd)


class FolderUpload:
    """See `place.Upload`. Holds a part that is open and locked."""

    def __init__(self, fd: int, part: Path, whole: Path) -> None:
        self._fd, self._part, self._whole = fd, part, whole
        self.offset = os.fstat(fd).st_size

    def add(self, data: bytes) -> None:
        try:
            written = 0
            while written < len(data):
                written += os.pwrite(self._fd, data[written:], self.offset + written)
            os.fdatasync(self._fd)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._fd, self.offset)
            raise
        self.offset += len(data)

    def content(self) -> bytes:
        return os.pread(self._fd, self.offset, 0)

    def finish(self, content: bytes) -> None:
        _ensure(self._whole.parent)
        os.fchmod(self._fd, 0o440)
        os.fsync(self._fd)
        os.replace(self._part, self._whole)
        _flush(self._whole.parent)

    def drop(self) -> None:
        self._part.unlink()


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _is(fd: int, path: Path) -> bool:
    """Whether the open file is still what the path names."""
    try:
        return os.path.samestat(os.fstat(fd), path.stat())
    except FileNotFoundError:
        return False


def _ensure(folder: Path) -> None:
    """Make the folder and those above it; each is on disk when this returns."""
    if folder.is_dir():
        return
    _ensure(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o750)
    _flush(folder.parent)


def _flush(folder: Path) -> None:
    """A new name is on disk only once its folder is."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
