"""The centre's signature under a receipt, of entries or of a photo: ECDSA P-256, raw r‖s,
base64url without padding.

Keys are PEM texts; knows nothing of where they are kept.
"""

import base64
import binascii
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from sync.messages import BlobReceipt, blob_message, receipt_message, taken_message

_ECDSA = ec.ECDSA(hashes.SHA256())


def new_key() -> str:
    """A new private key as PEM."""
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode("ascii")
    )


def public_key(private_pem: str) -> str:
    """The public half as PEM (SubjectPublicKeyInfo), which travels as `centre_key`."""
    return (
        _private(private_pem)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode("ascii")
    )


def sign(private_pem: str, log: str, have: int, hash: bytes, inc: str, at: str) -> str:
    return _signature(private_pem, receipt_message(log, have, hash, inc, at))


def verify(public_pem: str, log: str, have: int, hash: bytes, inc: str, at: str, sig: str) -> bool:
    """False for anything but the centre's own signature over just this."""
    return _signed_by(public_pem, receipt_message(log, have, hash, inc, at), sig)


def sign_blob(private_pem: str, sha256: bytes, size: int, inc: str, at: str) -> BlobReceipt:
    """The centre's word that it has the whole photo."""
    return BlobReceipt(inc, at, _signature(private_pem, blob_message(sha256, size, inc, at)))


def verify_blob(public_pem: str, sha256: bytes, size: int, receipt: BlobReceipt) -> bool:
    """False for anything but the centre's own signature over just this photo."""
    message = blob_message(sha256, size, receipt.inc, receipt.at)
    return _signed_by(public_pem, message, receipt.sig)


def sign_taken(private_pem: str, sha256: bytes, inc: str, at: str) -> str:
    """The centre's word that it has taken the rescue file with this hash."""
    return _signature(private_pem, taken_message(sha256, inc, at))


def verify_taken(public_pem: str, sha256: bytes, inc: str, at: str, sig: str) -> bool:
    """False for anything but the centre's own signature over just this file."""
    return _signed_by(public_pem, taken_message(sha256, inc, at), sig)


def _signature(private_pem: str, message: bytes) -> str:
    der = _private(private_pem).sign(message, _ECDSA)
    r, s = decode_dss_signature(der)
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _signed_by(public_pem: str, message: bytes, sig: str) -> bool:
    try:
        raw = base64.b64decode(sig + "=" * (-len(sig) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    if len(raw) != 64:
        return False
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    try:
        _public(public_pem).verify(der, message, _ECDSA)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=8)
def _private(pem: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem.encode("ascii"), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise ValueError("a receipt key is a P-256 key")
    return key


@lru_cache(maxsize=8)
def _public(pem: str) -> ec.EllipticCurvePublicKey:
    key = serialization.load_pem_public_key(pem.encode("ascii"))
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise ValueError("a receipt key is a P-256 key")
    return key
