"""messages.json: the text of pushes, answers, comparisons and receipts, beside what they mean."""

from tests.contract.sources.plain import LOG, compact, h0, hashes, sha

_PAYLOADS = ['{"rid":"r1"}', '{"note":"å"}', '{"note":"🚓"}']
_H = hashes(_PAYLOADS)
_OTHER = "f" * 32
_NOW = "2026-11-22T21:40:00+01:00"
_VIA = {
    "device": "phone-1",
    "received_at": "2026-11-22T20:41:00Z",
    "now": "2026-11-22T21:40:59+01:00",
    "unsent": 2,
    "app": "1.4.0",
}


def make() -> dict:
    return {
        "push": [_push(*each) for each in _pushes()],
        "framing": [_framing(*each) for each in _BROKEN],
        "answers": [
            {"name": name, "value": value, "text": compact(value)} for name, value in _ANSWERS
        ],
        "garbled_answers": _GARBLED,
        "compare": _compare(),
        "receipt_message": _receipt_message(),
    }


def header(**changed: object) -> dict:
    """A header line as the protocol names its keys, for lines 1 … n of `_PAYLOADS`."""
    head = {"log": LOG, "base": 0, "from": 1, "n": 3, "prev": _H[0], "head": _H[3]}
    return {**head, "now": _NOW, "unsent": 3, "app": "1.4.0", **changed}


def _gone(payload: str) -> str:
    return "!" + sha(payload.encode())


def _pushes() -> list[tuple[str, list[tuple[dict, list[str]]]]]:
    other = hashes(["{}"], _OTHER)
    return [
        ("nothing at all", []),
        ("one log", [(header(), _PAYLOADS)]),
        ("a payload that is gone", [(header(), [_PAYLOADS[0], _gone(_PAYLOADS[1]), _PAYLOADS[2]])]),
        ("passed on by a node", [(header(via=_VIA), _PAYLOADS)]),
        ("a branch", [(header(via=_VIA, branch=_H[3]), _PAYLOADS)]),
        (
            "two logs, one let go of",
            [
                (header(**{"base": 2, "from": 3, "n": 1, "prev": _H[2]}), _PAYLOADS[2:]),
                (header(log=_OTHER, n=1, prev=other[0], head=other[1]), ["{}"]),
            ],
        ),
        ("what is no JSON, and what only begins like a mark", [(
            header(n=3, prev=h0(), head=hashes(["", "!abc", "not json"])[3]),
            ["", "!abc", "not json"],
        )]),
    ]  # fmt: skip


def _push(name: str, sections: list[tuple[dict, list[str]]]) -> dict:
    lines = [text for head, payloads in sections for text in (compact(head), *payloads)]
    return {
        "name": name,
        "text": "".join(line + "\n" for line in lines),
        "sections": [
            {"header": head, "lines": [_line(text) for text in payloads]}
            for head, payloads in sections
        ],
    }


def _line(text: str) -> dict:
    if text.startswith("!") and len(text) == 65:
        return {"digest": text[1:], "payload": None}
    return {"digest": sha(text.encode()), "payload": text}


def _text(*sections: tuple[dict, list[str]]) -> str:
    return _push("", list(sections))["text"]


_WHOLE = _text((header(), _PAYLOADS))
_BROKEN = [
    ("no header", '{"rid":"r1"}\n', 0, "framing"),
    ("a header that is no JSON", "hello\n", 0, "framing"),
    ("a blank line where a header belongs", "\n", 0, "framing"),
    ("a header without lines", compact(header()) + "\n", 0, "framing"),
    ("a header that promises no lines", compact(header(n=0)) + "\n", 0, "framing"),
    ("too few lines", compact(header()) + "\n" + _PAYLOADS[0] + "\n", 0, "framing"),
    ("lines after the last one, earlier section good", _WHOLE + "{}\n", 1, "framing"),
    ("a key twice in the header", '{"log":"x",' + compact(header())[1:] + "\n{}\n", 0, "framing"),
    ("a log id that is no hex", _text((header(log="z" * 32), _PAYLOADS)), 0, "framing"),
    ("a log id in capitals", _text((header(log="AB" * 16), _PAYLOADS)), 0, "framing"),
    ("a short hash", _text((header(prev=_H[0][:-1]), _PAYLOADS)), 0, "framing"),
    ("from 0", _text((header(**{"from": 0}), _PAYLOADS)), 0, "framing"),
    ("a number as text", _text((header(base="0"), _PAYLOADS)), 0, "framing"),
    ("yes is no number", _text((header(base=False), _PAYLOADS)), 0, "framing"),
    ("beyond the last number", _text((header(**{"from": 2**53 - 2}), _PAYLOADS)), 0, "framing"),
    ("via that is no object", _text((header(via="node"), _PAYLOADS)), 0, "framing"),
    ("via that lacks a key", _text((header(via={"device": "x"}), _PAYLOADS)), 0, "framing"),
    ("more entries than a request holds", compact(header(n=2001)) + "\n", 0, "too_large"),
]


def _framing(name: str, text: str, before: int, error: str) -> dict:
    return {"name": name, "text": text, "sections_before": before, "error": error}


_UP = {
    "r": "ok",
    "have": 1,
    "hash": _H[1],
    "inc": "9f" * 8,
    "at": "2026-11-22T20:41:07Z",
    "sig": "c2ln",
    "q": [{"seq": 1, "code": "unknown_place", "message": "place 'XYZ' is not known here"}],
}


def _answer(*logs: dict, **changed: object) -> dict:
    named = {"store": "node-a", "role": "node", "inc": "01" * 8, "now": "2026-11-22T20:41:08Z"}
    return {**named, "logs": list(logs), "ref": {"places": "ab" * 32}, **changed}


def _result(r: str = "ok", **more: object) -> dict:
    return {"log": LOG, "r": r, "have": 3, "hash": _H[3], "q": [], "up": None, **more}


_ANSWERS = [
    ("a node that knows nothing of the centre", _answer(_result())),
    ("a node that does", _answer(_result(up=_UP))),
    ("quarantine", _answer(_result(q=_UP["q"]))),
    (
        "every other result",
        _answer(*[_result(r) for r in ("gap", "fork", "head_mismatch", "not_yours")]),
    ),
    ("too large", _answer(_result("too_large", seq=4))),
    ("a branch kept", _answer(_result(kept=_H[2]), role="centre")),
    ("no logs asked about", _answer()),
]

_GARBLED = [
    {"name": "a captive portal", "text": "<html><body>Log in</body></html>"},
    {"name": "nothing", "text": ""},
    {"name": "a list", "text": "[]"},
    {"name": "an empty object", "text": "{}"},
    {"name": "an unknown role", "text": compact(_answer(role="phone"))},
    {"name": "an unknown result", "text": compact(_answer(_result("maybe")))},
    {"name": "have as text", "text": compact(_answer(_result(have="3")))},
    {"name": "a hash too short", "text": compact(_answer(_result(hash="ab")))},
    {"name": "cut in the middle", "text": compact(_answer(_result()))[:-20]},
]


def _compare() -> dict:
    lines = [[LOG, 3, _H[3]], [_OTHER, 0, h0(_OTHER)], ["blob", 12345, "ab" * 32]]
    text = "".join(f"{log} {have} {hash_}\n" for log, have, hash_ in lines)
    ordered = "".join(sorted(text.splitlines(keepends=True)))
    return {"lines": lines, "text": text, "digest": sha(ordered.encode())}


def _receipt_message() -> dict:
    bytes_ = (
        b"fieldlog-receipt/1" + bytes.fromhex(LOG) + (3).to_bytes(8, "big")
        + bytes.fromhex(_H[3]) + b"9f9f" + b"2026-11-22T20:41:07Z"
    )  # fmt: skip
    return {
        "log": LOG,
        "have": 3,
        "hash": _H[3],
        "inc": "9f9f",
        "at": "2026-11-22T20:41:07Z",
        "bytes_hex": bytes_.hex(),
    }
