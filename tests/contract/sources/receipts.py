"""receipts.json: receipts signed once by a centre's key that is gone, true ones and others.

The signatures are literals: nobody can make new ones, and both languages must verify these.
"""

from tests.contract.sources.plain import LOG, hashes

_CENTRE_KEY = """\
-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEp5dzLe94GlWj3d3zp1Ailh7G2nys
fGKnKi52Bel3/ErPD8dU9OYPK2zEfzXT/C01fv1yeNYa9ZDG8fbKEKEwGQ==
-----END PUBLIC KEY-----
"""
_H = hashes(['{"rid":"r1"}', '{"note":"å"}'])
_TRUE = {
    "log": LOG,
    "have": 2,
    "hash": _H[2],
    "inc": "9f" * 8,
    "at": "2026-11-22T20:41:07.123456Z",
    "sig": "TOlJLjIZ2n6RWD7eIYoFCWv0q7TF6lJIYWBE3oeEbERk6oC2Rcyk3sA7KM-RNQhHQmy5rMJ9AS5WpiB13_icVg",
}
_OF_NOTHING = {
    **_TRUE,
    "have": 0,
    "hash": _H[0],
    "sig": "wAEF-ft1JguUaM2mNo4-L903T4RsmCRG7Dg5pAjzha8wfaKuQKdXwcI1zkAbsreL-vkF2BzCxTOufBeNRLxwxA",
}
_OF_ANOTHER_KEY = (
    "TIQCW20JwFGq2uRzhGKQ_dN0OvFMkdXB1GBciOSZpNNWmKeUqqCjcIM56Es6wYWeW7z32dEExVWUmkHf3V-c_Q"
)


def make() -> dict:
    return {
        "centre_key": _CENTRE_KEY,
        "receipts": [
            {"name": name, "receipt": receipt, "valid": valid} for name, receipt, valid in _CASES
        ],
    }


_CASES = [
    ("the centre's own", _TRUE, True),
    ("of an empty log", _OF_NOTHING, True),
    ("for more entries than were signed", {**_TRUE, "have": 3}, False),
    ("for another hash", {**_TRUE, "hash": _H[1]}, False),
    ("for another log", {**_TRUE, "log": "f" * 32}, False),
    ("of another life of the centre", {**_TRUE, "inc": "9e" * 8}, False),
    ("of another moment", {**_TRUE, "at": "2026-11-22T20:41:07.123457Z"}, False),
    ("by another key", {**_TRUE, "sig": _OF_ANOTHER_KEY}, False),
    ("with no signature", {**_TRUE, "sig": ""}, False),
    ("with half a signature", {**_TRUE, "sig": _TRUE["sig"][:43]}, False),
    ("with a signature that is no base64url", {**_TRUE, "sig": "å" * 86}, False),
    ("with a signature of zeros", {**_TRUE, "sig": "A" * 86}, False),
]
