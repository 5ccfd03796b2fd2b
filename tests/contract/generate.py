"""Writes the contract's JSON files from `sources`: `python -m tests.contract.generate`.

The files are read by Python and by JavaScript; a test proves them fresh.
"""

import json
from pathlib import Path

from tests.contract.sources import (
    blobs,
    brake,
    chain,
    locked,
    messages,
    receipts,
    receiver,
    records,
    rescue,
    retry,
    sender,
    standing,
)

HERE = Path(__file__).parent
_SOURCES = (
    blobs, brake, chain, locked, messages, receipts, receiver, records, rescue, retry, sender,
    standing,
)  # fmt: skip


def files() -> dict[Path, str]:
    """Each file's path and what it should hold."""
    return {HERE / f"{_name(each)}.json": _text(each.make()) for each in _SOURCES}


def _name(module: object) -> str:
    return module.__name__.rpartition(".")[2]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
