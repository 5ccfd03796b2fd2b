"""The photos of a record: which are here, which are still on their way, and the bytes of one.

Whoever may read the record's note may see them. They are served as what their bytes are, never as
a page: whatever is hidden in one stays inert. Knows nothing of how a photo came.
"""

from dataclasses import dataclass

from flask import Response
from flask_login import current_user

from fieldlog import problems
from fieldlog.access import audit, sight
from fieldlog.access.guard import guard
from fieldlog.review import address
from fieldlog.review.door import door
from fieldlog.store import blobs
from fieldlog.store import record as store
from fieldlog.store.blobs import named, picture, place, waiting

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
SEALED = "default-src 'none'; sandbox; frame-ancestors 'none'"


@dataclass(frozen=True)
class Photo:
    """One photo that the record names or named. `size` is in bytes.

    `state` is shown, kept (here, but too large a picture for a page to open) or waiting; `dropped`
    if a correction has taken it out.
    """

    name: str
    state: str
    size: int
    width: int | None = None
    height: int | None = None
    dropped: bool = False


@door.get("/records/<rid>/photos/<sha256>")
@guard("photo.read")
def photo(rid: str, sha256: str):
    """The bytes of a photo, to one who may see its record; all else is not found."""
    history = store.history(address.rid(rid), sight.orgs(current_user))
    wanted = {name.hex(): name for name in _named(history)} if history else {}
    held = waiting.here([wanted[sha256]]) if sha256 in wanted else {}
    if not held:
        raise problems.Refused(problems.NOT_FOUND)
    audit.of_record("photo.read", history.row, photo=sha256)
    return _sealed(held[wanted[sha256]])


def of(history: store.History) -> list[Photo]:
    """All photos that were ever named for the record, those it names now first."""
    now = {blob["sha256"] for blob in history.row.body.get("blobs") or ()}
    sizes = _named(history)
    held = waiting.here(sizes)
    photos = [_photo(name, size, held.get(name), now) for name, size in sizes.items()]
    return sorted(photos, key=lambda photo: photo.dropped)


def _named(history: store.History) -> dict[bytes, int]:
    """Every photo of the record, as its entries name them, with the size they say."""
    sizes: dict[bytes, int] = {}
    for one in history.written:
        if one.record is not None and one.record.t in named.NAMING:
            sizes = named.of(one.record) | sizes
    return sizes


def _photo(name: bytes, size: int, row, now: set[str]) -> Photo:
    dropped = name.hex() not in now
    if row is None:
        return Photo(name.hex(), "waiting", size, dropped=dropped)
    state = "shown" if picture.may_be_shown(row.width, row.height) else "kept"
    return Photo(name.hex(), state, row.size, row.width, row.height, dropped)


def _sealed(row) -> Response:
    try:
        content = place.current().read(row.sha256.hex())
    except FileNotFoundError as gone:
        raise problems.Refused(problems.NOT_FOUND) from gone
    except (blobs.NoPlace, OSError) as fault:
        raise problems.Refused(problems.NO_PLACE) from fault
    file = f"{row.sha256.hex()[:12]}.{ENDINGS[row.kind]}"
    response = Response(content, content_type=row.kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    response.headers["Content-Security-Policy"] = SEALED
    return response
