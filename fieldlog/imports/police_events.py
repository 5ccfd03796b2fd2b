"""Reads the events that the Swedish police publish, as bodies of `event` records.

The file has one JSON object a line. Nothing is dropped: a kind without a category of ours goes to
a stated one, with its own name in the note.
"""

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from fieldlog.data import load

NOTE_MAX = 280
CUT = "…"
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d{1,2}):(\d\d):(\d\d) ([+-]\d\d:\d\d)")


class BadLine(ValueError):
    """A line that is no published event; its message names the line and what is wrong with it."""


@dataclass(frozen=True)
class Found:
    """One published event: its `rid` follows from what was published, so it never changes."""

    rid: UUID
    at: datetime
    body: dict


def read(path: Path) -> Iterator[Found]:
    """The events of a file (.jsonl or .jsonl.gz), in its order, lazily. Raises BadLine."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _found(number, line)


def _found(number: int, line: str) -> Found:
    try:
        row = json.loads(line)
        at = moment(row["datetime"])
        return Found(identity(row["id"], at), at, body(row, at))
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadLine(f"line {number}: {wrong!r}") from wrong


def moment(text: str) -> datetime:
    """The time as published; hours are not always two digits. Raises ValueError."""
    parts = _TIME.fullmatch(text.strip())
    if parts is None:
        raise ValueError(f"not a time: {text!r}")
    year, month, day, hour, minute, second, offset = parts.groups()
    return datetime.fromisoformat(f"{year}-{month}-{day}T{hour.zfill(2)}:{minute}:{second}{offset}")


def identity(published: int, at: datetime) -> UUID:
    """A UUIDv7 made of the event's time and a hash of its published number."""
    head = int(at.timestamp() * 1000).to_bytes(6, "big")
    raw = bytearray(head + sha256(f"polisen.se/{published}".encode()).digest()[:10])
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return UUID(bytes=bytes(raw))


def body(row: dict, at: datetime) -> dict:
    """The body of an `event` record: told by others, placed by the centre of its area."""
    lat, lon = map(float, row["location"]["gps"].split(","))
    return {
        "visit": None,
        "category": category(row["type"]) or _kinds()["fallback"],
        "place": None,
        "point": {"lat": lat, "lon": lon, "acc_m": None, "age_s": None},
        "precision": "district",
        "from": at.isoformat(),
        "to": None,
        "source": "told",
        "people": None,
        "ages": [],
        "severity": 1,
        "handled": [],
        "police_report": False,
        "fault_report": False,
        "note": note(row),
        "blobs": [],
    }


def category(kind: str) -> str | None:
    """Our category for a published kind, or None where we have none."""
    return _kinds()["kinds"].get(kind.strip())


def note(row: dict) -> str:
    """What was published, in one line; a kind without a category comes first."""
    kind, name, where = row["type"].strip(), row["name"].strip(), row["location"]["name"].strip()
    words = [] if category(kind) and kind in name else [f"[{kind}]"]
    words.append(name if where in name else f"{name}, {where}")
    summary = " ".join(row["summary"].split())
    text = f"{' '.join(words)} – {summary} (polisen.se {row['id']})"
    return shortened(unicodedata.normalize("NFC", text))


def shortened(text: str) -> str:
    """At most NOTE_MAX code points; what was cut is seen by its mark."""
    return text if len(text) <= NOTE_MAX else text[: NOTE_MAX - len(CUT)].rstrip() + CUT


@cache
def _kinds() -> dict:
    return load("police_types.json")
