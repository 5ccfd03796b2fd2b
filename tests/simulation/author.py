"""One log as its author's storage holds it: the sender's Source, with rotation and letting go.

Stands in for the phone's IndexedDB. Knows nothing of the network or of what stores answer.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sync import chain
from sync.messages import Line, Up

NOT_COPIED = ("open", "close")


@dataclass(frozen=True)
class Written:
    """One entry as its author wrote it. `payload` is None once the storage has let it go."""

    t: str
    digest: bytes
    payload: bytes | None


@dataclass
class AuthorLog:
    """An append-only log and how far its payloads have been let go (`base`)."""

    log: str
    app: str = "1.0.0"
    base: int = 0
    acknowledged: int = 0  # highest seq that any store has answered for
    up: Up | None = None  # the centre's receipt that counts now
    receipts: list[tuple[int, datetime]] = field(default_factory=list)  # (have, when) of its life
    most: int = 2_000  # lines that the next request may take, to split a queue anywhere
    rotated: bool = False  # marked: another log carries on from here
    now: str = ""
    via: None = None
    entries: list[Written] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.hashes:
            self.hashes = [chain.genesis(self.log)]

    @property
    def head(self) -> int:
        return len(self.entries)

    @property
    def receipted(self) -> int:
        """Highest seq under a verified receipt of the centre."""
        return self.up.have if self.up else 0

    @property
    def unsent(self) -> int:
        return self.head - self.receipted

    def append(self, t: str, payload: bytes) -> None:
        digest = chain.digest(payload)
        self.entries.append(Written(t, digest, payload))
        self.hashes.append(chain.link(self.hashes[-1], self.head, digest))

    def hash_at(self, seq: int) -> bytes | None:
        return self.hashes[seq] if 0 <= seq <= self.head else None

    def next_held(self, seq: int) -> int | None:
        first = max(seq, self.base + 1)
        return first if first <= self.head else None

    def lines(self, first: int, most: int, room: int) -> list[Line]:
        """At most `most` lines from `first` on that fit into `room` bytes (one always fits)."""
        lines: list[Line] = []
        for entry in self.entries[first - 1 : first - 1 + min(most, self.most)]:
            room -= len(entry.payload) + 1
            if room < 0 and lines:
                break
            lines.append(Line(entry.digest, entry.payload))
        return lines

    def is_news(self, up: Up) -> bool:
        """The centre's later word counts, even if it is less; of one life, more counts too."""
        held = self.up
        if held is None:
            return True
        return (up.inc == held.inc and up.have > held.have) or up.at >= held.at

    def take_receipt(self, up: Up) -> None:
        """A verified receipt. What a centre signed in a life before is void."""
        same = self.up is not None and self.up.inc == up.inc
        valid = [each for each in self.receipts if same and each[0] <= up.have]
        if not valid or valid[-1][0] != up.have:
            valid.append((up.have, datetime.fromisoformat(up.at)))
        self.up, self.receipts = up, valid

    def ripe(self, before: datetime) -> int:
        """Up to where the centre had signed by then."""
        return max((have for have, at in self.receipts if at <= before), default=0)

    def let_go(self, upto: int) -> None:
        for seq in range(self.base + 1, upto + 1):
            old = self.entries[seq - 1]
            self.entries[seq - 1] = Written(old.t, old.digest, None)
        self.base = max(self.base, upto)

    def held(self) -> list[Written]:
        """What the storage still has, `open` and `close` included."""
        return self.entries[self.base :]

    def records(self, upto: int | None = None) -> set[bytes]:
        """Digests of the records (not `open`, `close`) at 1 … upto, held or let go."""
        return {e.digest for e in self.entries[:upto] if e.t not in NOT_COPIED}

    def copy(self) -> "AuthorLog":
        twin = AuthorLog(**self.__dict__)
        twin.entries, twin.hashes = list(self.entries), list(self.hashes)
        twin.receipts = list(self.receipts)
        return twin
