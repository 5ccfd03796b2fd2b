"""The centre's signature, against receipts that were signed once and for all."""

import base64

import pytest

from sync import receipts
from sync.messages import BlobReceipt, Garbled, blob_message
from sync.messages.blob import parse_receipt, render_receipt
from tests.contract.load import cases, load

VECTORS = load("receipts")
BLOBS = load("blobs")


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


@pytest.mark.parametrize("case", cases(BLOBS["messages"]))
def test_what_a_photos_receipt_signs(case):
    sha256 = bytes.fromhex(case["sha256"])
    assert blob_message(sha256, case["size"], case["inc"], case["at"]).hex() == case["message"]


@pytest.mark.parametrize("case", cases(BLOBS["receipts"]))
def test_a_photos_receipt(case):
    told = case["receipt"]
    receipt = parse_receipt(case["header"])
    assert render_receipt(receipt) == case["header"]
    sha256 = bytes.fromhex(told["sha256"])
    holds = receipts.verify_blob(BLOBS["centre_key"], sha256, told["size"], receipt)
    assert holds is case["valid"]


@pytest.mark.parametrize("case", cases(BLOBS["no_receipts"]))
def test_a_header_that_is_no_receipt(case):
    with pytest.raises(Garbled):
        parse_receipt(case["header"])


def test_a_photos_receipt_is_none_for_entries_and_the_other_way_round():
    key, sha256 = receipts.new_key(), b"\1" * 32
    public = receipts.public_key(key)
    photo = receipts.sign_blob(key, sha256, 7, "i", "t")
    assert receipts.verify_blob(public, sha256, 7, photo)
    assert not receipts.verify(public, "ab" * 16, 7, sha256, "i", "t", photo.sig)
    entries = receipts.sign(key, "ab" * 16, 7, sha256, "i", "t")
    assert not receipts.verify_blob(public, sha256, 7, BlobReceipt("i", "t", entries))


def test_a_key_of_another_kind_is_refused():
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import ed25519

    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    with pytest.raises(ValueError, match="P-256"):
        receipts.public_key(pem.decode())
