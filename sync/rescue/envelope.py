"""Seals and opens a rescue file: ECIES on P-256, in chunks, so that a cut or a changed byte is
found where it is. Knows nothing of what is inside.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.rescue.faults import Cut, Damaged, NotRescue
from sync.rescue.head import CHUNK, MAGIC, TAG, Head, compose, fingerprint, head_of
from sync.rescue.pieces import Pieces, Short

__all__ = ["CHUNK", "MAGIC", "RESCUE_MAX", "Opened", "open_sealed", "seal"]

RESCUE_MAX = 32 * 1024 * 1024  # bytes of a whole file
_PURPOSE = b"fieldlog-rescue/1 key"
_CURVE = ec.SECP256R1()


@dataclass(frozen=True, slots=True)
class Opened:
    """`plain` is lazy: what stood before a fault is handed out before it is raised."""

    head: Head
    plain: Iterator[bytes]


def seal(make, size: int, about: dict[str, str], centre_key: str) -> bytes:
    """The whole file. `make(head)` gives the `size` plain bytes, which may prove who wrote them.

    `about`: device, store, made_at, app. `centre_key`: the centre's public key as PEM.
    """
    once = ec.generate_private_key(_CURVE)
    epk = once.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    head = compose(key=fingerprint(centre_key), epk=epk, size=size, about=about)
    centre = serialization.load_pem_public_key(centre_key.encode("ascii"))
    plain = make(head)
    if len(plain) != size:
        raise ValueError(f"{len(plain)} bytes to seal, {size} announced")
    cipher = AESGCM(_key(once.exchange(ec.ECDH(), centre), head))
    sealed = (
        cipher.encrypt(_nonce(number, head), plain[number * CHUNK : (number + 1) * CHUNK], None)
        for number in range(head.chunks)
    )
    return head.line + b"".join(sealed)


def open_sealed(pieces: Iterable[bytes], private_pem: str) -> Opened:
    """Opens a file that comes in pieces. Raises Unfit's kinds, those of the content while `plain`
    is read. `private_pem`: the centre's private key.
    """
    coming = Pieces(pieces)
    key = serialization.load_pem_private_key(private_pem.encode("ascii"), password=None)
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head = head_of(coming, public.decode("ascii"))
    try:
        once = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, head.epk)
    except ValueError as error:
        raise NotRescue("its one-time key is no point of the curve") from error
    cipher = AESGCM(_key(key.exchange(ec.ECDH(), once), head))
    return Opened(head, _opened(coming, head, cipher))


def _opened(coming: Pieces, head: Head, cipher: AESGCM) -> Iterator[bytes]:
    left = head.size
    for number in range(head.chunks):
        count = min(CHUNK, left)
        try:
            sealed = coming.take(count + TAG)
        except Short:
            raise Cut("it ends too early: the rest of it is missing") from None
        try:
            plain = cipher.decrypt(_nonce(number, head), sealed, None)
        except InvalidTag:
            raise Damaged("it is not what was sealed") from None
        left -= count
        yield plain
    if not coming.is_empty():
        raise Damaged("something stands behind its end")


def _key(shared: bytes, head: Head) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=head.salt, info=_PURPOSE)
    return kdf.derive(shared)


def _nonce(number: int, head: Head) -> bytes:
    """Never the same twice under a key, which is made once a file; the last one is marked."""
    return number.to_bytes(11, "big") + (b"\1" if number == head.chunks - 1 else b"\0")
