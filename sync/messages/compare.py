"""The lines by which two stores compare what they have, and the digest over them. No rules."""

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from sync.messages import wire
from sync.messages.limits import SEQ_MAX
from sync.messages.wire import Garbled

BLOB = "blob"


class Compare(NamedTuple):
    """One line: a log (or a kept branch) with its last seq and hash. Blobs: `blob size sha256`."""

    log: str
    have: int
    hash: bytes


def render(lines: Iterable[Compare]) -> bytes:
    return "".join(map(_text, lines)).encode("ascii")


def parse(data: bytes) -> list[Compare]:
    """Raises Garbled with the number of the line that makes no sense."""
    return [_parse_line(text, n) for n, text in enumerate(data.splitlines(), 1)]


def digest(lines: Iterable[Compare]) -> bytes:
    """What one organisation keeps as a witness of the other: the sorted lines, hashed."""
    return sha256("".join(sorted(map(_text, lines))).encode("ascii")).digest()


def _text(line: Compare) -> str:
    return f"{line.log} {line.have} {line.hash.hex()}\n"


def _parse_line(text: bytes, number: int) -> Compare:
    try:
        log, have, hash_ = text.decode("ascii").split(" ")
        if log != BLOB and not wire.is_log(log):
            raise ValueError
        if not have.isdigit() or int(have) > SEQ_MAX:
            raise ValueError
        return Compare(log, int(have), wire.hash32({"hash": hash_}, "hash"))
    except ValueError as error:
        raise Garbled(f"line {number} is not 'log have hash'") from error
