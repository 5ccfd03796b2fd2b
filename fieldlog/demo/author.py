"""A log as its author holds it, in memory: what a made-up phone writes into and sends from.

A Source in the sense of sync.ports. Knows nothing of what the payloads say.
"""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from fieldlog.store.program import VERSION
from sync import chain
from sync.messages import Line


@dataclass
class AuthorLog:
    """`payloads[i]` is entry i + 1; `hashes[i]` the chain hash at i. Nothing is let go."""

    log: str = field(default_factory=lambda: secrets.token_hex(16))
    app: str = VERSION
    payloads: list[bytes] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    base: int = 0
    received: int = 0  # entries with the centre's receipt
    via: None = None

    def __post_init__(self):
        self.hashes = self.hashes or [chain.genesis(self.log)]

    @property
    def head(self) -> int:
        return len(self.payloads)

    @property
    def unsent(self) -> int:
        return self.head - self.received

    @property
    def now(self) -> str:
        return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def append(self, payload: bytes) -> int:
        """Write one entry; its number."""
        self.payloads.append(payload)
        self.hashes.append(chain.link(self.hashes[-1], self.head, chain.digest(payload)))
        return self.head

    def hash_at(self, seq: int) -> bytes | None:
        return self.hashes[seq] if 0 <= seq <= self.head else None

    def next_held(self, seq: int) -> int | None:
        return max(seq, 1) if seq <= self.head else None

    def lines(self, first: int, most: int, room: int) -> list[Line]:
        taken = []
        for payload in self.payloads[first - 1 : first - 1 + most]:
            room -= len(payload) + 1
            if room < 0:
                break
            taken.append(Line(chain.digest(payload), payload))
        return taken

    def copy(self) -> "AuthorLog":
        """What a cloned or restored phone wakes up with."""
        twin = AuthorLog(self.log, self.app, list(self.payloads), list(self.hashes))
        twin.base, twin.received = self.base, self.received
        return twin
