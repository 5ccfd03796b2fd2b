"""The checker's memory: a file of what was acknowledged, and the comparison with what is stored.

In the manner of Jepsen: it is told the moment something was called saved or answered for, keeps it
through any kill of the harness itself, and never asks the code under test what it believes.
"""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

Kept = tuple[str, str]  # rid, SHA-256 of the payload in hex


@dataclass(frozen=True)
class Verdict:
    """What the comparison found: (rid, SHA-256) of what is lost, rids of what is doubled."""

    acknowledged: int
    lost: tuple[Kept, ...]
    doubled: tuple[str, ...]


class History:
    """Acknowledgements, a line each: `rid sha256`. The file is on disk before `saved` returns."""

    def __init__(self, path: Path):
        self.path = path
        self.acknowledged: dict[str, str] = dict(_read(path))
        self._file = path.open("a", encoding="ascii")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def saved(self, rid: str, payload_or_hash: bytes | str) -> None:
        """This record was called saved, or answered for. Twice is once."""
        self.saved_all([(rid, payload_or_hash)])

    def saved_all(self, records: Iterable[tuple[str, bytes | str]]) -> None:
        """The same for several at once."""
        for rid, what in records:
            digest = sha256(what).hexdigest() if isinstance(what, bytes) else what
            before = self.acknowledged.setdefault(rid, digest)
            assert before == digest, f"{rid} was acknowledged with two contents"
            self._file.write(f"{rid} {digest}\n")
        self._file.flush()
        os.fdatasync(self._file.fileno())

    def check(self, stored: Iterable[Kept]) -> Verdict:
        """`stored`: every record as the store counts it now, one (rid, SHA-256) each.

        What is stored and was never acknowledged is no fault: it may have been on its way.
        """
        found = Counter(stored)
        rids = Counter(rid for rid, _ in found.elements())
        lost = tuple(kept for kept in self.acknowledged.items() if kept not in found)
        return Verdict(len(self.acknowledged), lost, tuple(r for r, n in rids.items() if n > 1))


def _read(path: Path) -> Iterable[Kept]:
    """What a history that was broken off had kept; a line cut in the middle never was said."""
    if not path.exists():
        return
    for line in path.read_text(encoding="ascii").splitlines():
        rid, _, digest = line.partition(" ")
        if len(digest) == 64:
            yield rid, digest
