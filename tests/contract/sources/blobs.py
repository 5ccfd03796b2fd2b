"""blobs.json: the bytes a photo's receipt signs, and receipts signed once by a key that is gone.

The signatures are literals: nobody can make new ones, and both languages must verify these.
"""

from tests.contract.sources.plain import sha

_CENTRE_KEY = """\
-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEChTLm0IvWG11awcq8lSz0QPOT07G
m1+7K3lDDowDUQpcoxZ4X02Zvi6PG31cw5arSsbaYXYvMZlLPo1WlHNzZA==
-----END PUBLIC KEY-----
"""
_PHOTO = b"\xff\xd8\xff\xe0 a photo, in name only"
_ABOUT = {
    "sha256": sha(_PHOTO),
    "size": len(_PHOTO),
    "inc": "9f" * 16,
    "at": "2026-11-22T20:41:07Z",
}
_TRUE = {
    **_ABOUT,
    "sig": "uvNbc8V2F3gNBSYcf14MIT5BUoenbqNwd_AFJIm9DFMUjjarW1PO2xScaNrgYu2HTL2-H0HFPPvKXaleG7bAtA",
}
_OF_ANOTHER_KEY = (
    "61CvwnmBMR4ig1fosXl9YsmTbvULp-J5mfFvhNojIHIu85wKrtypin9ystJWVW9OqiBkV6LhmvGv40D12DfNxg"
)
# The right key over the same fields, with the purpose of a receipt for entries before them.
_OF_ANOTHER_PURPOSE = (
    "VIXL4Tq2yRXvCfpUk6JOQ82_AtCwFvp-vGsI2VDSsOpOIU7E6f_dkhR6QMfAj5gLN-zGwNN5NZffulLbbEle8w"
)


def make() -> dict:
    return {
        "centre_key": _CENTRE_KEY,
        "messages": [{"name": "of a photo", **_ABOUT, "message": _message(**_ABOUT)}],
        "receipts": [
            {"name": name, "receipt": receipt, "header": _header(receipt), "valid": valid}
            for name, receipt, valid in _CASES
        ],
        "no_receipts": [{"name": name, "header": header} for name, header in _GARBLED],
    }


def _message(sha256: str, size: int, inc: str, at: str) -> str:
    fields = bytes.fromhex(sha256) + size.to_bytes(8, "big") + inc.encode() + at.encode()
    return (b"fieldlog-blob/1" + fields).hex()


def _header(receipt: dict) -> str:
    return f"{receipt['inc']} {receipt['at']} {receipt['sig']}"


_CASES = [
    ("the centre's own", _TRUE, True),
    ("of another photo", {**_TRUE, "sha256": sha(b"another")}, False),
    ("of another size", {**_TRUE, "size": _TRUE["size"] + 1}, False),
    ("of another life of the centre", {**_TRUE, "inc": "9e" * 16}, False),
    ("of another moment", {**_TRUE, "at": "2026-11-22T20:41:08Z"}, False),
    ("by another key", {**_TRUE, "sig": _OF_ANOTHER_KEY}, False),
    ("signed for another purpose", {**_TRUE, "sig": _OF_ANOTHER_PURPOSE}, False),
    ("with half a signature", {**_TRUE, "sig": _TRUE["sig"][:43]}, False),
    ("with a signature of zeros", {**_TRUE, "sig": "A" * 86}, False),
]
_GARBLED = [
    ("nothing", ""),
    ("two words", f"{_TRUE['inc']} {_TRUE['at']}"),
    ("four words", f"{_header(_TRUE)} more"),
    ("two spaces", f"{_TRUE['inc']}  {_TRUE['at']} {_TRUE['sig']}"),
    ("a word without an end", f"{_TRUE['inc']} {_TRUE['at']} {'A' * 101}"),
]
