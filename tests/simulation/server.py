"""A node or the centre: takes requests as bytes, gives answers as bytes, over any backend.

The backend is a memory store or a real database; this file is the thin door in front of it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from sync.messages import Answer, Compare, Framing, Result, Section, compare, parse
from tests.support.memory import MemoryLog
from tests.support.memory_store import Pusher


class Backend(Protocol):
    """What a store must offer to be driven and watched."""

    @property
    def inc(self) -> str: ...

    def accept(self, section: Section, pusher: Pusher, now: datetime) -> Result: ...
    def results(self, logs: Iterable[str], pusher: Pusher, now: datetime) -> list[Result]: ...
    def write(self, payload: bytes, now: datetime) -> set[bytes]: ...
    def compare(self, lines: Iterable[Compare], pusher: Pusher) -> list[Compare]: ...
    def digest(self, pusher: Pusher) -> str: ...
    def nightly(self, peer: object) -> bool: ...
    def update_reference(self, places: Iterable[str]) -> None: ...
    def power_cut(self) -> None: ...
    def copy(self) -> object: ...
    def put(self, copy: object, inc: str | None) -> None: ...
    def look(self) -> dict[str, MemoryLog]: ...


class Crash(Exception):
    """The server was killed here; whoever was waiting for an answer gets none."""


class Server:
    """One store with its name and its door. `crash`: kill it at that section of its next push."""

    def __init__(self, name: str, role: str, backend: Backend) -> None:
        self.name, self.role, self.backend = name, role, backend
        self.crash: int | None = None
        self.died = False

    def push(
        self, body: bytes, pusher: Pusher, now: datetime, chunk: int = 1 << 16
    ) -> bytes | None:
        """The answer, or None where the request made no sense or the server died on the way."""
        results = []
        try:
            for number, section in enumerate(parse(_chunks(body, chunk))):
                if number == self.crash:
                    raise Crash
                results.append(self.backend.accept(section, pusher, now))
        except Framing:
            return None
        except Crash:
            self.crash, self.died = None, True
            return None
        return self._answer(results, now)

    def status(self, logs: list[str], pusher: Pusher, now: datetime) -> bytes:
        return self._answer(self.backend.results(logs, pusher, now), now)

    def compare(self, body: bytes, pusher: Pusher) -> bytes:
        return compare.render(self.backend.compare(compare.parse(body), pusher))

    def _answer(self, results: list[Result], now: datetime) -> bytes:
        return Answer(self.name, self.role, self.backend.inc, now.isoformat(), results).to_json()


def _chunks(body: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]
