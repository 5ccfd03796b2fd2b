"""rescue.json: sealed files with the key that opens them, whole ones and spoilt ones.

Sealed here once more from the page about the wire, with the one-time key fixed, so that the file
does not merely repeat what `sync.rescue` does. One was sealed by the phone's own code, once.
"""

import base64
import hashlib
import hmac
import json

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_CENTRE = ec.derive_private_key(0x5EA1ED, ec.SECP256R1())  # a test's: it opens nothing else
_OTHER = ec.derive_private_key(0x0DD, ec.SECP256R1())
_TOKEN = "a-token-that-only-tests-know"
_CHUNK = 256 * 1024
_ABOUT = {
    "device": "01900000-0000-7000-8000-000000000001",
    "store": "node-a",
    "made_at": "2026-11-22T21:40:00.000+01:00",
    "app": "1.4.0",
}
_PUSH = b'{"log":"\xc3\xa5 stands for a push here"}\n'
_SEALED_BY_THE_PHONE = (
    "ZmllbGRsb2ctcmVzY3VlLzEgeyJrZXkiOiIzMzk4NGQ3YjNkYjg0NDRkNWM3ZGRkMTFlN2MwODY3YmYyYzllYzc2"
    "YjM3MzMyMzQ3NDMxMTQ0OGMxMTc2NDBmIiwiZXBrIjoiQkVsWGhDUFpSeENnd1FqWE9qNU9ramFFUzNLWUFRc001"
    "Y19Sb09iVjRMVWpvd3FxR1AtS1AxTXBrQkFHTzByMzE4NGpkWHozMjlGdVJrUThXdVpPaGtvIiwic2l6ZSI6MjIx"
    "LCJkZXZpY2UiOiIwMTkwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDEiLCJzdG9yZSI6Im5vZGUtYSIs"
    "Im1hZGVfYXQiOiIyMDI2LTExLTIyVDIxOjQwOjAwLjAwMCswMTowMCIsImFwcCI6IjEuNC4wIn0KX02Ysab7o5sy"
    "LN+GSCES7rvzIMNvLIjfU0h2vrPJRPw9dijIpCN7Yo5bmMomefX4+pFdgZplh0wvQOvO9aagBto5FYa0xhwh9QFI"
    "P/T6jcRzfX7Aj2HYySbNrSZTIHpl+QpXoDmDa7q/2udATmM70hdO3vF4ibGJnwKrdfJj72BuWBjc5ln9e7oI07HV"
    "61bn+KKup1nPhks4xqrc7N14WoTz3K9R7GOrEdtY/1eyRHsMUFqGhCdIrHWYNYZFd55DSktjHXuqlcWWRtMyEbZA"
    "hI50ElaFVmxRoXWd7fjKUxxqalGfHiSEF5qXi8Tx"
)


def make() -> dict:
    whole = sealed([_author, part("push", _PUSH)])
    return {
        "private_key": _pem(_CENTRE),
        "centre_key": _public_pem(_CENTRE),
        "token": _TOKEN,
        "taken": {
            "sha256": hashlib.sha256(whole).hexdigest(),
            "inc": "9f" * 8,
            "at": "2026-11-22T20:41:07Z",
            "bytes_hex": (
                b"fieldlog-rescue-taken/1" + hashlib.sha256(whole).digest()
                + b"9f" * 8 + b"2026-11-22T20:41:07Z"
            ).hex(),
        },
        "files": [_file(*case) for case in _good(whole)],
        "spoilt": [
            {"name": name, "code": code, "file_base64": _text(data)}
            for name, code, data in _spoilt(whole)
        ],
    }  # fmt: skip


def _good(whole: bytes) -> list[tuple]:
    row = part("row", b"\x00\xff?", table="entries", key="[4]")
    photo = part("photo", b"\xff\xd8\xff", sha256="00" * 32, mime="image/jpeg")
    return [
        ("a push and its author", whole, ["author", "push"], True),
        ("all that may be inside", sealed([_author, part("push", _PUSH), row, photo]),
         ["author", "push", "row", "photo"], True),
        ("sealed by the phone's own code", base64.b64decode(_SEALED_BY_THE_PHONE),
         ["author", "push", "row"], True),
        ("without a proof", sealed([part("push", _PUSH)]), ["push"], False),
        ("with a proof by another token",
         sealed([lambda salt: _proof(salt, "another"), part("push", _PUSH)]),
         ["author", "push"], False),
        ("with another file's proof",
         sealed([lambda _salt: _proof(b"\1" * 32), part("push", _PUSH)]),
         ["author", "push"], False),
        ("with a part that only a later app knows",
         sealed([_author, part("voice", b"?"), part("push", _PUSH)]),
         ["author", "voice", "push"], True),
        ("with nothing inside", sealed([]), [], False),
    ]  # fmt: skip


def _spoilt(whole: bytes) -> list[tuple[str, str, bytes]]:
    line, rest = whole.split(b"\n", 1)
    middle = len(rest) // 2
    flipped = rest[:middle] + bytes([rest[middle] ^ 1]) + rest[middle + 1 :]
    return [
        ("a photo of a cat", "not_rescue", b"\xff\xd8\xff\xe0 no rescue file"),
        ("an empty file", "not_rescue", b""),
        ("a login page", "not_rescue", b"<!doctype html>\n<title>Wi-Fi</title>"),
        ("a first line without an end", "not_rescue", b"fieldlog-rescue/1 " + b" " * 3_000),
        ("a first line that is no JSON", "not_rescue", b"fieldlog-rescue/1 {\n"),
        ("a first line that lacks the store", "not_rescue", _line(store=None) + rest),
        ("a one-time key off the curve", "not_rescue",
         _line(epk=_b64(b"\4" + b"\7" * 64), key=_fingerprint(_CENTRE)) + rest),
        ("a later version", "rescue_newer", whole.replace(b"rescue/1", b"rescue/2", 1)),
        ("for another centre", "rescue_elsewhere", sealed([_author], _OTHER)),
        ("cut in the middle", "rescue_cut", line + b"\n" + rest[:middle]),
        ("cut after its first line", "rescue_cut", line + b"\n"),
        ("one bit turned", "rescue_damaged", line + b"\n" + flipped),
        ("another device in the first line", "rescue_damaged",
         line.replace(b"000000000001", b"000000000002") + b"\n" + rest),
        ("a smaller size in the first line", "rescue_damaged", _smaller(line) + b"\n" + rest),
        ("something behind its end", "rescue_damaged", whole + b"?"),
        ("parts that are no parts", "rescue_damaged", sealed([lambda _salt: b"no part\n"])),
        ("a part longer than the file", "rescue_damaged",
         sealed([lambda _salt: b'{"kind":"push","size":9}\n1'])),
    ]  # fmt: skip


def _file(name: str, data: bytes, kinds: list[str], proven: bool) -> dict:
    told = json.loads(data.split(b"\n", 1)[0].partition(b" ")[2])
    return {
        "name": name,
        "head": {key: told[key] for key in ("key", "device", "store", "made_at", "size")},
        "kinds": kinds,
        "push": _PUSH.decode() if "push" in kinds else None,
        "proven": proven,
        "file_base64": _text(data),
    }


def sealed(parts: list, centre: ec.EllipticCurvePrivateKey = _CENTRE) -> bytes:
    once = ec.derive_private_key(0x1CE, ec.SECP256R1())  # always the same: only ever in a test
    epk = once.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    size = len(b"".join(each(b"") for each in parts))
    line = _line(epk=_b64(epk), key=_fingerprint(centre), size=size)
    salt = hashlib.sha256(line).digest()
    plain = b"".join(each(salt) for each in parts)
    kdf = HKDF(hashes.SHA256(), 32, salt, b"fieldlog-rescue/1 key")
    cipher = AESGCM(kdf.derive(once.exchange(ec.ECDH(), centre.public_key())))
    assert size < _CHUNK, "vectors are of one chunk; both languages' own tests go further"
    return line + cipher.encrypt(bytes(11) + b"\1", plain, None)


def _line(**told) -> bytes:
    first = {"key": "00" * 32, "epk": _b64(b"\4" + bytes(64)), "size": 1}
    said = {k: v for k, v in {**first, **_ABOUT, **told}.items() if v is not None}
    return b"fieldlog-rescue/1 " + json.dumps(said, separators=(",", ":")).encode() + b"\n"


def _smaller(line: bytes) -> bytes:
    size = json.loads(line.partition(b" ")[2])["size"]
    return line.replace(b'"size":%d' % size, b'"size":%d' % (size - 1))


def part(kind: str, content: bytes, **about):
    line = json.dumps({"kind": kind, "size": len(content), **about}, separators=(",", ":"))
    return lambda _salt: line.encode() + b"\n" + content


def _author(salt: bytes) -> bytes:
    return _proof(salt)


def _proof(salt: bytes, token: str = _TOKEN) -> bytes:
    key = hashlib.sha256(token.encode()).digest()
    proof = hmac.new(key, b"fieldlog-rescue/1 author" + salt, hashlib.sha256).hexdigest()
    return part("author", b"", proof=proof)(salt)


def _fingerprint(key: ec.EllipticCurvePrivateKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    der = key.public_key().public_bytes(serialization.Encoding.DER, form)
    return hashlib.sha256(der).hexdigest()


def _public_pem(key: ec.EllipticCurvePrivateKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
