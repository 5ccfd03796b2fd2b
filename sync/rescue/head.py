"""The first line of a rescue file: text that anyone may read, so that a carrier knows what it has.

It is bound to the content: another first line opens nothing. Knows no key but a public one's hash.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives import serialization

from sync.messages import wire
from sync.rescue.faults import Elsewhere, Newer, NotRescue
from sync.rescue.pieces import Pieces, Short

MAGIC = b"fieldlog-rescue/"
VERSION = b"1"
LINE_MAX = 2_048
CHUNK = 256 * 1024  # plain bytes sealed at a time; each grows by TAG
TAG = 16
_POINT = 65  # an uncompressed point of P-256
_NAMED = re.compile(rb"fieldlog-rescue/([0-9]{1,6}) ")


@dataclass(frozen=True, slots=True)
class Head:
    """`key`: hash of the centre's public key. `epk`: the one-time public point, 65 bytes.
    `size`: plain bytes inside. `made_at`: the phone's clock. `line`: all of it as it stands.
    """

    key: str
    epk: bytes
    size: int
    device: str
    store: str
    made_at: str
    app: str
    line: bytes

    @property
    def salt(self) -> bytes:
        """What the content's key and the author's proof are bound to."""
        return sha256(self.line).digest()

    @property
    def chunks(self) -> int:
        return max(1, -(-self.size // CHUNK))

    @property
    def length(self) -> int:
        """Bytes of the whole file."""
        return len(self.line) + self.size + TAG * self.chunks


def compose(*, key: str, epk: bytes, size: int, about: dict[str, str]) -> Head:
    """The head of a new file. `about`: device, store, made_at, app."""
    told = {"key": key, "epk": base64.urlsafe_b64encode(epk).rstrip(b"=").decode(), "size": size}
    told |= {name: about[name] for name in ("device", "store", "made_at", "app")}
    line = MAGIC + VERSION + b" " + wire.dump(told) + b"\n"
    return _parsed(line)


def head_of(pieces: Pieces, centre_key: str | None = None) -> Head:
    """Reads the first line; raises NotRescue, Newer for a version not known here, or Elsewhere.

    `centre_key`: the public key (PEM) of the centre it must be for; None: whichever.
    """
    try:
        line = pieces.line(LINE_MAX)
    except Short:
        raise NotRescue("it does not begin like a rescue file") from None
    head = _parsed(line)
    if centre_key is not None and head.key != fingerprint(centre_key):
        raise Elsewhere("it is sealed for another centre")
    return head


def is_whole(data: bytes) -> bool:
    """Whether a file has the length that its first line tells. True for a version not known."""
    try:
        return len(data) == head_of(Pieces([data])).length
    except Newer:
        return True


def fingerprint(public_pem: str) -> str:
    """How a file names the key it is sealed for: SHA-256 of the SubjectPublicKeyInfo, in hex."""
    key = serialization.load_pem_public_key(public_pem.encode("ascii"))
    der = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return sha256(der).hexdigest()


def _parsed(line: bytes) -> Head:
    named = _NAMED.match(line)
    if named is None:
        raise NotRescue("it does not begin like a rescue file")
    if named[1] != VERSION:
        raise Newer(f"it is of version {named[1].decode()}, which is not known here")
    try:
        told = wire.document(line[named.end() : -1])
        return Head(
            key=wire.hash32(told, "key").hex(),
            epk=_point(wire.text(told, "epk")),
            size=wire.count(told, "size"),
            **{name: wire.text(told, name) for name in ("device", "store", "made_at", "app")},
            line=line,
        )
    except ValueError as error:
        raise NotRescue(f"its first line makes no sense: {error}") from error


def _point(text: str) -> bytes:
    try:
        point = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("'epk' must be base64url") from error
    if len(point) != _POINT or point[0] != 4:
        raise ValueError("'epk' must be an uncompressed point")
    return point
