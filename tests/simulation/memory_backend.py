"""The memory store as a backend of the simulation, with reference data that can change.

Knows nothing of HTTP or SQL.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from sync import nightly
from sync.judge import Author, judge
from sync.messages import Compare, Result, Section
from sync.ports import Entry
from sync.receiver import Receiver
from sync.records import Fault, read
from tests.simulation.scribe import PLACES
from tests.support.memory import MemoryLog
from tests.support.memory_outbox import MemoryOutbox
from tests.support.memory_store import MemoryStore, Pusher

_read = lru_cache(maxsize=20_000)(read)


class MemoryBackend:
    """Every accepted section is durable at once, as in a real store."""

    outbox = MemoryOutbox

    def __init__(self, name: str, role: str, key: str | None, receiver: Receiver) -> None:
        self._reference = Reference()
        self._verdicts: dict[bytes, tuple[str, str] | None] = {}  # by digest, until news comes
        self.store = MemoryStore(name, role, f"{name}-0", self._judge, key, receiver)

    @property
    def inc(self) -> str:
        return self.store.inc

    def accept(self, section: Section, pusher: Pusher, now: datetime) -> Result:
        return self.store.accept(section, pusher, now)

    def results(self, logs: Iterable[str], pusher: Pusher, now: datetime) -> list[Result]:
        return self.store.results(logs, pusher, now)

    def write(self, payload: bytes, now: datetime) -> set[bytes]:
        return self.store.write(payload, now)

    def compare(self, lines: Iterable[Compare], pusher: Pusher) -> list[Compare]:
        return self.store.compare(lines, pusher)

    def digest(self, pusher: Pusher) -> str:
        return self.store.digest(pusher)

    def nightly(self, centre: nightly.Centre) -> bool:
        return nightly.run(self.outbox(self.store), centre).outcome == "ok"

    def update_reference(self, places: Iterable[str]) -> None:
        self._reference.places |= set(places)
        self._verdicts.clear()

    def power_cut(self) -> None:
        """Whatever was answered is on disk: nothing to do."""

    def copy(self) -> MemoryStore:
        return self.store.copy()

    def put(self, copy: MemoryStore, inc: str | None) -> None:
        """`inc` None: the copy keeps the name of its life, as when files are put back by hand."""
        self.store = copy.copy()
        if inc is not None:
            self.store.inc = inc

    def look(self) -> dict[str, MemoryLog]:
        """The logs as they are kept; an object that is the same as before is unchanged."""
        return dict(self.store.logs)

    def _judge(self, owner: str, entry: Entry) -> tuple[str, str] | None:
        if entry.digest not in self._verdicts:
            self._verdicts[entry.digest] = self._verdict(owner, entry.payload)
        return self._verdicts[entry.digest]

    def _verdict(self, owner: str, payload: bytes) -> tuple[str, str] | None:
        record = _read(payload)
        if isinstance(record, Fault):
            return record.code, record.message
        return judge(record, self._reference, device=owner)


class Reference:
    """Everybody is who they say; only the places may be behind."""

    def __init__(self) -> None:
        self.places = set(PLACES)

    def place(self, code: str) -> bool:
        return code in self.places

    def category(self, code: str) -> bool:
        return True

    def author(self, by: str) -> Author:
        return Author("polisen", frozenset({"field", "supervisor"}))

    def enrolled(self, device: str, by: str) -> bool:
        return True

    def is_store(self, device: str) -> bool:
        return device in ("node-a", "node-b", "centre")
