"""Photos: taken in by parts, kept under the hash of their bytes, proven each night.

Records name them and never wait for them. Knows nothing of HTTP.
"""

from fieldlog.store.blobs.checking import verify
from fieldlog.store.blobs.kept import lacking
from fieldlog.store.blobs.place import NoPlace
from fieldlog.store.blobs.uploads import (
    NoPicture,
    NotNamed,
    WrongHash,
    WrongLength,
    WrongOffset,
    keep,
    status,
    take,
)

__all__ = [
    "NoPicture",
    "NoPlace",
    "NotNamed",
    "WrongHash",
    "WrongLength",
    "WrongOffset",
    "keep",
    "lacking",
    "status",
    "take",
    "verify",
]
