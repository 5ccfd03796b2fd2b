"""Photos in a bucket (S3 and its like), for several app processes that share no disk.

Each part of an upload is an object of its own, made only if it is not there yet, so two who send
the same photo never write over each other. Knows nothing of what the bytes are.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import wraps

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import from_url

from fieldlog.store.blobs.place import NoPlace, Raced

WAIT = {"timeout": "20s", "connect_timeout": "5s"}  # a phone's own patience ends at 30 s
TRIES = {"max_retries": 2}


def _reached(method: Callable) -> Callable:
    """Whatever the bucket's keeper says, but that something is not there, means: later."""

    @wraps(method)
    def asked(*args, **kwargs):
        try:
            return method(*args, **kwargs)
        except BaseError as error:
            raise NoPlace(f"the bucket: {error}") from error

    return asked


class Bucket:
    """See `place.Place`. `whole/ab/abcd…`, `parts/<name>/<by>/<offset>`, `aside/<name>`."""

    def __init__(self, store: obstore.store.ObjectStore) -> None:
        self._store = store

    @classmethod
    def at(cls, address: str) -> "Bucket":
        """The bucket of an address; its keys come from the environment (AWS_ACCESS_KEY_ID …)."""
        if address.startswith("memory:"):
            return cls(from_url(address))
        if address.startswith("file:"):
            return cls(from_url(address, mkdir=True))
        plain = os.environ.get("AWS_ALLOW_HTTP", "").lower() in ("1", "true", "yes")
        options = {**WAIT, "allow_http": plain}
        return cls(from_url(address, client_options=options, retry_config=TRIES))

    @_reached
    def size(self, name: str) -> int | None:
        try:
            return obstore.head(self._store, _whole(name))["size"]
        except FileNotFoundError:
            return None

    @_reached
    def read(self, name: str, start: int = 0, most: int | None = None) -> bytes:
        if most is None:
            return obstore.get(self._store, _whole(name)).bytes().to_bytes()[start:]
        part = obstore.get_range(self._store, _whole(name), start=start, length=most)
        return part.to_bytes()

    @_reached
    def put(self, name: str, data: bytes) -> None:
        obstore.put(self._store, _whole(name), data)

    def offset(self, name: str, by: str) -> int:
        return BucketUpload(self._store, name, by).offset

    @contextmanager
    def upload(self, name: str, by: str) -> Iterator["BucketUpload"]:
        yield BucketUpload(self._store, name, by)

    @_reached
    def names(self) -> Iterator[str]:
        return iter(sorted(_last(each["path"]) for each in _listed(self._store, "whole")))

    @_reached
    def set_aside(self, name: str) -> None:
        obstore.copy(self._store, _whole(name), f"aside/{name}")
        obstore.delete(self._store, _whole(name))

    @_reached
    def tidy(self, before: datetime) -> int:
        uploads: dict[str, list[dict]] = {}
        for each in _listed(self._store, "parts"):
            uploads.setdefault(each["path"].rpartition("/")[0], []).append(each)
        old = [
            parts
            for parts in uploads.values()
            if max(part["last_modified"] for part in parts) < before
        ]
        for parts in old:
            _delete(self._store, [part["path"] for part in parts])
        return len(old)


class BucketUpload:
    """See `place.Upload`."""

    def __init__(self, store: obstore.store.ObjectStore, name: str, by: str) -> None:
        self._store, self._name, self._folder = store, name, f"parts/{name}/{by}"
        self._paths, self.offset = self._found()

    @_reached
    def add(self, data: bytes) -> None:
        path = f"{self._folder}/{self.offset:010}"
        try:
            obstore.put(self._store, path, data, mode="create")
        except AlreadyExistsError as error:
            raise Raced from error
        self._paths.append(path)
        self.offset += len(data)

    @_reached
    def content(self) -> bytes:
        try:
            parts = [obstore.get(self._store, path).bytes().to_bytes() for path in self._paths]
        except FileNotFoundError as error:
            raise Raced from error
        return b"".join(parts)

    @_reached
    def finish(self, content: bytes) -> None:
        obstore.put(self._store, _whole(self._name), content)
        _delete(self._store, self._paths)

    @_reached
    def drop(self) -> None:
        _delete(self._store, self._paths)

    @_reached
    def _found(self) -> tuple[list[str], int]:
        """The parts that follow one another from the first byte, and how far they reach."""
        paths, offset = [], 0
        for each in sorted(_listed(self._store, self._folder), key=lambda each: each["path"]):
            if _last(each["path"]) == f"{offset:010}":
                paths.append(each["path"])
                offset += each["size"]
        return paths, offset


def _whole(name: str) -> str:
    return f"whole/{name[:2]}/{name}"


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _listed(store: obstore.store.ObjectStore, folder: str) -> list[dict]:
    return [each for some in obstore.list(store, folder) for each in some]


def _delete(store: obstore.store.ObjectStore, paths: list[str]) -> None:
    """Last part first: what is left of a deletion that was cut short still begins at 0."""
    for path in reversed(paths):
        with suppress(FileNotFoundError):
            obstore.delete(store, path)
