"""chain.json: payloads and the hashes of their log. The first case is the protocol's own."""

import base64

from tests.contract.sources.plain import LOG, h0, next_hash, sha


def make() -> dict:
    return {"published": _PUBLISHED, "cases": [_case(*each) for each in _CASES]}


_PUBLISHED = {
    "log": "000102030405060708090a0b0c0d0e0f",
    "payloads": ['{"rid":"r1"}', '{"note":"å"}'],
    "hashes": [
        "5a00cc7fb96a97c36553c44e5f4f561cbe2f24660ca7eb12ead39bf1c2e07a03",
        "a07a215d28220d94cd67276524a4b7dfc470b25a359b7c66d53338d1eba0fe9c",
        "3439c969d16559a8be085b94515258f98559725c6ac2a77bb9f38fc87abafdcf",
    ],
}

_CASES = [
    ("an empty log", LOG, 1, []),
    ("bytes that are no UTF-8", "ff" * 16, 1, [b"\xff\xfe\x00"]),
    ("an empty payload", "00" * 16, 1, [b""]),
    ("emoji and combining marks", "ab" * 16, 1, ["🚓".encode(), "e\u0301".encode()]),
    ("numbers beyond 32 bits", LOG, 2**32, [b"{}", b"{}"]),
    ("the last number there is", LOG, 2**53 - 1, [b"{}"]),
]


def _case(name: str, log: str, first: int, payloads: list[bytes]) -> dict:
    prev = h0(log)
    out = []
    for seq, payload in enumerate(payloads, first):
        prev = next_hash(prev, seq, sha(payload))
        out.append(prev)
    return {
        "name": name,
        "log": log,
        "prev": h0(log),
        "first": first,
        "payloads_base64": [base64.b64encode(each).decode() for each in payloads],
        "digests": [sha(each) for each in payloads],
        "hashes": out,
    }
