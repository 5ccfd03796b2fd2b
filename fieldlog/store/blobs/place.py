"""Where the bytes of photos lie: a folder, or a bucket. One shape for both, and which one is ours.

Knows names (SHA-256 in hex) and bytes; knows no record, no device and no database.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from flask import current_app

_OURS = "fieldlog_blobs"


class NoPlace(Exception):
    """The store was given no place for photos, or it can't be reached: nothing is decided."""


class Raced(Exception):
    """Somebody else added that very part just now: ask again how much there is."""


class Upload(Protocol):
    """One device's photo on its way in. What `add` was given is on disk when it returns."""

    offset: int

    def add(self, data: bytes) -> None: ...

    def content(self) -> bytes: ...

    def finish(self, content: bytes) -> None:
        """Make it the whole: on disk under its name, and no part of it left, when this returns."""

    def drop(self) -> None:
        """Forget what came: it was not what was announced."""


class Place(Protocol):
    """Whole photos by name, and parts by name and by whom they come from (`by`, in hex)."""

    def size(self, name: str) -> int | None:
        """Bytes of a whole photo; None if it is not here."""

    def read(self, name: str, start: int = 0, most: int | None = None) -> bytes:
        """Raises FileNotFoundError."""

    def put(self, name: str, data: bytes) -> None:
        """Keep a whole photo at once; on disk when this returns."""

    def offset(self, name: str, by: str) -> int:
        """How much of an upload is here."""

    def upload(self, name: str, by: str) -> AbstractContextManager[Upload]: ...

    def names(self) -> Iterator[str]:
        """Every whole photo, in order of their names."""

    def set_aside(self, name: str) -> None:
        """Take a whole photo out of use without deleting it."""

    def tidy(self, before: datetime) -> int:
        """Forget uploads that nobody went on with since; returns how many."""


def current() -> Place:
    """The running app's place; raises NoPlace."""
    held = current_app.extensions.get(_OURS)
    if held is None:
        held = current_app.extensions[_OURS] = made(_setting())
    return held


def use(place: Place) -> None:
    """Let the running app keep its photos there, whatever the settings say."""
    current_app.extensions[_OURS] = place


def made(where: str) -> Place:
    """The place that a setting names: a folder's path, or the address of a bucket."""
    if "://" in where:
        from fieldlog.store.blobs.bucket import Bucket

        return Bucket.at(where)
    from fieldlog.store.blobs.folder import Folder

    return Folder(Path(where))


def _setting() -> str:
    settings = current_app.config.get("SETTINGS")
    where = settings.blobs_at if settings else None
    if where is None:
        raise NoPlace("no place for photos is set: FIELDLOG_BLOBS")
    return where
