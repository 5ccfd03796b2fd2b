"""What is inside a rescue file: parts one after another, a line of JSON and then its bytes.

`author` proves whose it is, `push` is a push as on the wire, `row` is a row of the phone's store
that could not be read, `photo` a photo. A locked phone puts in `key`, `sealed` and `sealed_push`
(see locked.py). Other kinds are handed out like these: a later app's.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sync.messages import wire
from sync.rescue.faults import Damaged
from sync.rescue.pieces import Pieces, Short

PART_MAX = 16 * 1024 * 1024  # bytes of one part
_LINE_MAX = 2_048


class Part(NamedTuple):
    """`about`: what its line says beside kind and size."""

    kind: str
    content: bytes = b""
    about: dict[str, Any] = {}  # noqa: RUF012 (never written to)


def write(parts: Iterable[Part]) -> bytes:
    out = bytearray()
    for part in parts:
        out += wire.dump({"kind": part.kind, "size": len(part.content), **part.about}) + b"\n"
        out += part.content
    return bytes(out)


def read(pieces: Iterable[bytes]) -> Iterator[Part]:
    """One by one; raises Damaged where they stop making sense, and what `pieces` raises."""
    coming = Pieces(pieces)
    while not coming.is_empty():
        try:
            told = wire.document(coming.line(_LINE_MAX))
            kind, size = wire.text(told, "kind"), wire.count(told, "size")
            if size > PART_MAX:
                raise Damaged("a part of it is too large")
            content = coming.take(size)
        except (wire.Garbled, Short) as error:
            raise Damaged("what is inside it makes no sense") from error
        yield Part(kind, content, {k: v for k, v in told.items() if k not in ("kind", "size")})
