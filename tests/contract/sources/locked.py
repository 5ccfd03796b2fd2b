"""locked.json: rows sealed under a phone's data key, and a rescue file that a locked phone made.

Sealed here from the page about the wire, with fixed nonces, so that it does not merely repeat what
either language does.
"""

import base64
import hashlib
import json

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.contract.sources import rescue

_KEY = bytes(range(32))
_ID = "00112233aabbccdd"
_LOG = "5e" * 16
_TOKEN = "a-token-that-lay-sealed"
_PAYLOAD = '{"rid":"…","note":"å ä ö 😀"}'.encode()
_HEADER = b'{"log":"%s","base":0,"from":7,"n":2,"rest":"as in any push"}' % _LOG.encode()
_DIGEST = b"!" + b"0" * 64


def make() -> dict:
    profile = json.dumps({"name": "Pixel 7", "token": _TOKEN}, separators=(",", ":"))
    rows = [
        ("profiles", '"alice"', profile.encode()),
        ("entries", f'["{_LOG}",7]', _PAYLOAD),
        ("photoBytes", f'"{"00" * 32}"', b"\xff\xd8\xff"),
        ("aside", '"entries:[1]"', b'{"row":{"payload":{"$bytes":"AP8"}}}'),
    ]
    return {
        "id": _ID,
        "raw_hex": _KEY.hex(),
        "rows": [
            {
                "table": table,
                "key": key,
                "plain_hex": plain.hex(),
                "sealed_hex": _sealed(table, key, plain).hex(),
            }
            for table, key, plain in rows
        ],
        "private_key": rescue.make()["private_key"],
        "file_base64": base64.b64encode(_file(rows)).decode(),
        "opened": [
            {"kind": "bearer", "hash": hashlib.sha256(_TOKEN.encode()).hexdigest()},
            {"kind": "push", "content": (_HEADER + b"\n" + _PAYLOAD + b"\n").decode()
             + _DIGEST.decode() + "\n"},
            {"kind": "photo", "sha256": "00" * 32, "mime": "image/jpeg"},
            {"kind": "row", "table": "aside", "key": '"entries:[1]"'},
        ],
    }  # fmt: skip


def _file(rows: list[tuple[str, str, bytes]]) -> bytes:
    profile, entry, photo, aside = (_sealed(*row) for row in rows)
    line = b"~" + base64.urlsafe_b64encode(entry).rstrip(b"=")
    push = b"\n".join([_HEADER, line, _DIGEST]) + b"\n"
    key = rescue.sealed([rescue.part("key", _KEY, id=_ID)])
    return rescue.sealed([
        rescue.part("key", key, id=_ID),
        rescue.part("sealed", profile, table="profiles", key='"alice"'),
        rescue.part("sealed_push", push),
        rescue.part("sealed", photo, table="photoBytes", key=rows[2][1], sha256="00" * 32,
                    mime="image/jpeg"),
        rescue.part("sealed", aside, table="aside", key=rows[3][1]),
    ])  # fmt: skip


def _sealed(table: str, key: str, plain: bytes) -> bytes:
    nonce = hashlib.sha256(table.encode()).digest()[:12]
    bound = f"fieldlog-sealed/1 {table} {key}".encode()
    return b"\1" + bytes.fromhex(_ID) + nonce + AESGCM(_KEY).encrypt(nonce, plain, bound)
