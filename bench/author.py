"""A phone's log held in memory, whole: what a conversation sends from. Never lets go."""

import secrets
from itertools import islice

from sync import chain
from sync.messages import Line


class Author:
    """A Source (sync/ports.py) over `payloads`, in a log of its own."""

    base, app, via = 0, "bench", None
    now = "2026-03-07T05:00:00Z"

    def __init__(self, payloads: list[bytes]):
        self.log = secrets.token_hex(16)
        self._lines = [Line(chain.digest(payload), payload) for payload in payloads]
        start = chain.genesis(self.log)
        self._hashes = [start, *chain.fold(start, 1, [line.digest for line in self._lines])]
        self.head = self.unsent = len(self._lines)

    def hash_at(self, seq: int) -> bytes | None:
        return self._hashes[seq] if 0 <= seq <= self.head else None

    def next_held(self, seq: int) -> int | None:
        return seq if seq <= self.head else None

    def lines(self, first: int, most: int, room: int) -> list[Line]:
        out = []
        for line in islice(self._lines, first - 1, first - 1 + most):
            room -= len(line.payload) + 1
            if room < 0:
                break
            out.append(line)
        return out
