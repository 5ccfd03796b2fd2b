"""The text of a push: a header line and its payload lines for each log. Knows no rules.

`parse` is lazy: what stands before a framing error has already been handed out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from sync.messages import wire
from sync.messages.limits import BATCH_BYTES, BATCH_ENTRIES, LOGS_MAX, SEQ_MAX
from sync.messages.wire import Garbled

_GONE = re.compile(rb"![0-9a-f]{64}\Z")


class Framing(ValueError):
    """The request is no push from here on (400). Sections already handed out stand."""


class Oversize(Framing):
    """The request holds more than one request may (413). Sections already handed out stand."""


class Line(NamedTuple):
    """One entry on the wire: `digest` of the payload, and the payload unless it is gone."""

    digest: bytes
    payload: bytes | None


@dataclass(frozen=True, slots=True)
class Via:
    """What a node saw of the author whose log it passes on. Times as they stood on the wire."""

    device: str
    received_at: str
    now: str
    unsent: int
    app: str


@dataclass(frozen=True, slots=True)
class Section:
    """A run of entries of one log. `prev` and `head` are the hashes before and after it."""

    log: str
    base: int
    first: int
    prev: bytes
    head: bytes
    lines: tuple[Line, ...] | list[Line]
    now: str
    unsent: int
    app: str
    via: Via | None = None
    branch: bytes | None = None

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


def render(sections: Iterable[Section]) -> bytes:
    """The request's body, plain."""
    out: list[bytes] = []
    for section in sections:
        out.append(wire.dump(_header(section)))
        out.extend(_render_line(line) for line in section.lines)
    out.append(b"")
    return b"\n".join(out)


def parse(chunks: Iterable[bytes]) -> Iterator[Section]:
    """The sections of a body, one by one; raises Framing or Oversize where they stop making sense.

    A payload of any size up to the request's own limit is handed out: judging it is the
    receiver's.
    """
    lines = _lines(chunks)
    sections = entries = 0
    for text in lines:
        try:
            header = _parse_header(text)
        except Garbled as error:
            raise Framing(f"section {sections + 1}: header: {error}") from error
        sections, entries = sections + 1, entries + header["n"]
        if sections > LOGS_MAX:
            raise Oversize(f"more than {LOGS_MAX} logs in one request")
        if entries > BATCH_ENTRIES:
            raise Oversize(f"more than {BATCH_ENTRIES} entries in one request")
        yield _section(header, lines, sections)


def _header(section: Section) -> dict:
    header = {
        "log": section.log,
        "base": section.base,
        "from": section.first,
        "n": len(section.lines),
        "prev": section.prev.hex(),
        "head": section.head.hex(),
        "now": section.now,
        "unsent": section.unsent,
        "app": section.app,
    }
    if section.via is not None:
        via = section.via
        header["via"] = {
            "device": via.device,
            "received_at": via.received_at,
            "now": via.now,
            "unsent": via.unsent,
            "app": via.app,
        }
    if section.branch is not None:
        header["branch"] = section.branch.hex()
    return header


def _render_line(line: Line) -> bytes:
    if line.payload is None:
        return b"!" + line.digest.hex().encode("ascii")
    # Such a payload would be read as another line than was meant: the author must not write it.
    if b"\n" in line.payload or _GONE.match(line.payload):
        raise ValueError("a payload has no newline and is no mark of a gone payload")
    return line.payload


def _parse_header(text: bytes) -> dict:
    raw = wire.document(text)
    first, n = wire.count(raw, "from", 1), wire.count(raw, "n", 1)
    if first + n - 1 > SEQ_MAX:
        raise Garbled("the section ends beyond the last number allowed")
    via, branch = raw.get("via"), raw.get("branch")
    if via is not None and not isinstance(via, dict):
        raise Garbled("'via' must be an object")
    return {
        "log": wire.log(raw),
        "base": wire.count(raw, "base"),
        "first": first,
        "n": n,
        "prev": wire.hash32(raw, "prev"),
        "head": wire.hash32(raw, "head"),
        "now": wire.text(raw, "now"),
        "unsent": wire.count(raw, "unsent"),
        "app": wire.text(raw, "app"),
        "via": None if via is None else _parse_via(via),
        "branch": None if branch is None else wire.hash32(raw, "branch"),
    }


def _parse_via(raw: dict) -> Via:
    return Via(
        device=wire.text(raw, "device"),
        received_at=wire.text(raw, "received_at"),
        now=wire.text(raw, "now"),
        unsent=wire.count(raw, "unsent"),
        app=wire.text(raw, "app"),
    )


def _section(header: dict, lines: Iterator[bytes], number: int) -> Section:
    n = header.pop("n")
    taken: list[Line] = []
    while len(taken) < n:
        text = next(lines, None)
        if text is None:
            raise Framing(f"section {number}: {len(taken)} lines of {n}")
        taken.append(_parse_line(text))
    return Section(lines=taken, **header)


def _parse_line(text: bytes) -> Line:
    if text[:1] == b"!" and _GONE.match(text):
        return Line(bytes.fromhex(text[1:].decode("ascii")), None)
    return Line(sha256(text).digest(), text)


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines without their newline; the last may lack it. Never holds more than a request may."""
    room, rest = BATCH_BYTES, b""
    for chunk in chunks:
        parts = (rest + chunk[:room]).split(b"\n")
        rest = parts.pop()
        yield from parts
        room -= len(chunk)
        if room < 0:
            raise Oversize(f"more than {BATCH_BYTES} bytes in one request")
    if rest:
        yield rest
