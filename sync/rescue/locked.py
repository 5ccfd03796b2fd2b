"""What a locked phone put into a rescue file: its rows as they lie, sealed under its data key, and
that key sealed for the centre. Opened here into what an unlocked phone would have put in.

Nobody but who holds the data key can have sealed a row, so what comes out says under which key it
lay. Twin of static/js/crypto/seal.js, for opening. Knows nothing of where records rest.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.rescue.envelope import open_sealed
from sync.rescue.faults import Unfit
from sync.rescue.parts import Part, read

_VERSION = 1
_HEAD = 1 + 8 + 12  # version, the key's id, IV
_SEALED = b"~"
_GONE = b"!"
_Keys = dict[str, AESGCM]


def unlocked(parts: Iterable[Part], private_pem: str) -> Iterator[Part]:
    """The same parts, each sealed one as what is in it, `under` the id of its key; what can't be
    opened is handed out as it is. `bearer` stands for a profile: the hash of its token.
    """
    keys: _Keys = {}
    for part in parts:
        match part.kind:
            case "key":
                keys |= _key(part, private_pem)
            case "sealed":
                yield _row(part, keys) or part
            case "sealed_push":
                yield _push(part, keys) or part
            case _:
                yield part


def _key(part: Part, private_pem: str) -> _Keys:
    """A small rescue file of its own, made when the phone was first sealed."""
    try:
        inner = next(read(open_sealed([part.content], private_pem).plain), None)
    except Unfit:
        return {}
    if inner is None or inner.kind != "key" or len(inner.content) != 32:
        return {}
    return {str(inner.about.get("id")): AESGCM(inner.content)}


def _row(part: Part, keys: _Keys) -> Part | None:
    table, key = str(part.about.get("table")), str(part.about.get("key"))
    found = _unsealed(f"{table} {key}", part.content, keys)
    if found is None:
        return None
    plain, under = found
    match table:
        case "profiles":
            token = json.loads(plain).get("token")
            return Part("bearer", b"", {"hash": sha256(str(token).encode()).digest(), **under})
        case "photoBytes":
            about = {name: part.about.get(name) for name in ("sha256", "mime")}
            return Part("photo", plain, about | under)
        case _:
            return Part("row", plain, {"table": table, "key": key, **under})


def _push(part: Part, keys: _Keys) -> Part | None:
    """A push whose lines are sealed, one by one, each bound to its place in its log."""
    try:
        first, *lines = part.content.removesuffix(b"\n").split(b"\n")
        head = json.loads(first)
        log, start = str(head["log"]), int(head["from"])
    except (ValueError, KeyError, TypeError):
        return None
    out, under = [first], {}
    for seq, line in enumerate(lines, start):
        if line.startswith(_SEALED):
            found = _unsealed(f'entries ["{log}",{seq}]', _bytes(line[1:]), keys)
            if found is None:
                return None
            line, under = found
        elif not line.startswith(_GONE):
            return None
        out.append(line)
    return Part("push", b"\n".join(out) + b"\n", under)


def _unsealed(place: str, sealed: bytes, keys: _Keys) -> tuple[bytes, dict[str, Any]] | None:
    key = sealed[1:9].hex()
    if len(sealed) <= _HEAD or sealed[0] != _VERSION or key not in keys:
        return None
    bound = f"fieldlog-sealed/1 {place}".encode()
    try:
        plain = keys[key].decrypt(sealed[9:_HEAD], sealed[_HEAD:], bound)
    except InvalidTag:
        return None
    return plain, {"under": key}


def _bytes(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return b""
