"""The centre's signature, against receipts that were signed once and for all."""

import base64

import pytest

from sync import receipts
from tests.contract.load import cases, load

VECTORS = load("receipts")


@pytest.mark.parametrize("case", cases(VECTORS["receipts"]))
def test_receipt(case):
    fields = {**case["receipt"], "hash": bytes.fromhex(case["receipt"]["hash"])}
    assert receipts.verify(VECTORS["centre_key"], **fields) is case["valid"]


def test_what_a_new_key_signs_its_public_half_verifies():
    key = receipts.new_key()
    about = {"log": "ab" * 16, "have": 7, "hash": b"\1" * 32, "inc": "i", "at": "t"}
    sig = receipts.sign(key, **about)
    assert len(sig) == 86
    assert receipts.verify(receipts.public_key(key), **about, sig=sig)


def test_a_signature_without_its_leading_zero_is_none():
    key, about = receipts.new_key(), {"log": "ab" * 16, "have": 7, "hash": b"\1" * 32, "inc": "i"}
    for attempt in range(20_000):
        sig = receipts.sign(key, **about, at=str(attempt))
        raw = base64.urlsafe_b64decode(sig + "==")
        if raw[32] == 0:
            break
    short = base64.urlsafe_b64encode(raw[:32] + raw[33:]).rstrip(b"=").decode()
    public = receipts.public_key(key)
    assert receipts.verify(public, **about, at=str(attempt), sig=sig)
    assert not receipts.verify(public, **about, at=str(attempt), sig=short)


def test_a_key_of_another_kind_is_refused():
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import ed25519

    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    with pytest.raises(ValueError, match="P-256"):
        receipts.public_key(pem.decode())
