"""Photos coming in: how much of one is here, and the next part of it. Durable before it is told.

A photo is known by the hash of its bytes and taken only if an accepted record names it. Knows
nothing of HTTP.
"""

from contextlib import contextmanager
from hashlib import sha256

from fieldlog.store.blobs import kept, named, picture, place
from fieldlog.store.blobs.place import Place, Raced
from sync.messages import BlobStatus


class NotNamed(Exception):
    """No accepted record of this device names the photo."""


class WrongLength(Exception):
    """The length is not what a record says, or the part reaches past it."""


class NoPicture(Exception):
    """The bytes are not JPEG, PNG or WebP."""


class WrongOffset(Exception):
    """Not the next byte; `status` says where to go on."""

    def __init__(self, status: BlobStatus) -> None:
        super().__init__(f"the next byte is {status.offset}")
        self.status = status


class WrongHash(WrongOffset):
    """All came, and it is another content: none of it is kept."""


def status(sha256_hex: str, device) -> BlobStatus:
    """How much of the photo is here of what `device` (id, kind) sends; raises NotNamed."""
    name = bytes.fromhex(sha256_hex)
    sizes = _sizes(name, device)
    here = place.current()
    return _whole(name, here) or BlobStatus(here.offset(name.hex(), _by(device)), max(sizes))


def take(sha256_hex: str, device, offset: int, length: int, data: bytes) -> BlobStatus:
    """Add the part that begins at `offset` of a photo of `length` bytes; the status after it.

    Raises NotNamed, WrongLength, NoPicture, WrongOffset or WrongHash.
    """
    name = bytes.fromhex(sha256_hex)
    if length not in _sizes(name, device) or not 0 < len(data) <= length - offset:
        raise WrongLength
    here = place.current()
    if (done := _whole(name, here)) is not None:
        raise WrongOffset(done)
    with _uploading(here, name, device, length) as upload:
        if (done := _whole(name, here)) is not None:
            raise WrongOffset(done)
        if upload.offset > length:
            upload.drop()
            raise WrongHash(BlobStatus(0, length))
        if offset != upload.offset:
            raise WrongOffset(BlobStatus(upload.offset, length))
        if offset == 0 and picture.kind(data) is None:
            raise NoPicture
        upload.add(data)
        if upload.offset < length:
            return BlobStatus(upload.offset, length)
        return _finished(name, upload, here)


def keep(sha256_hex: str, content: bytes) -> bool:
    """Keep a photo that came whole, as in a rescue file; whether it is here now.

    False if no accepted record names it, or the bytes are not that photo.
    """
    name = bytes.fromhex(sha256_hex)
    if not named.sizes(name, None):
        return False
    here = place.current()
    if kept.whole(name, here) is not None:
        return True
    found = picture.look(content)
    if found is None or sha256(content).digest() != name:
        return False
    here.put(name.hex(), content)
    kept.note(name, len(content), found)
    return True


def _sizes(name: bytes, device) -> set[int]:
    sizes = named.sizes(name, device)
    if not sizes:
        raise NotNamed
    return sizes


def _whole(name: bytes, here: Place) -> BlobStatus | None:
    row = kept.whole(name, here)
    return None if row is None else BlobStatus(row.size, row.size, kept.receipt(row))


def _finished(name: bytes, upload: place.Upload, here: Place) -> BlobStatus:
    """All bytes came: they become the photo if they are it, else nothing is left of them."""
    content = upload.content()
    found = picture.look(content)
    if found is None or sha256(content).digest() != name:
        upload.drop()
        raise WrongHash(BlobStatus(0, len(content)))
    upload.finish(content)
    kept.note(name, len(content), found)
    return _whole(name, here) or BlobStatus(0, len(content))


@contextmanager
def _uploading(here: Place, name: bytes, device, length: int):
    """One device's upload. If another process moves it on just then, the answer says where to."""
    try:
        with here.upload(name.hex(), _by(device)) as upload:
            yield upload
    except Raced as raced:
        moved = _whole(name, here) or BlobStatus(here.offset(name.hex(), _by(device)), length)
        raise WrongOffset(moved) from raced


def _by(device) -> str:
    """Whose upload it is, as a name that any place can bear."""
    return sha256(device.id.encode()).hexdigest()[:16]
