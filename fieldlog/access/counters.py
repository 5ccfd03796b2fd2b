"""Counts for the rate limits, in this process's memory.

The storage that comes with `limits` starts a thread to forget old counts, nearly one a request;
this one forgets while it counts.
"""

import time
from threading import Lock

from limits.storage import Storage

SWEEP_EVERY_S = 60.0


class Counters(Storage):
    """A number and its end of life for each key."""

    STORAGE_SCHEME = ("counters",)

    def __init__(self, uri: str | None = None, **options):
        self._lock = Lock()
        self._counts: dict[str, tuple[int, float]] = {}
        self._swept = time.time()
        super().__init__(uri, **options)

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        with self._lock:
            self._sweep(now)
            count, end = self._counts.get(key, (0, 0.0))
            if end <= now:
                count, end = 0, now + expiry
            self._counts[key] = (count + amount, end)
            return count + amount

    def get(self, key: str) -> int:
        count, end = self._counts.get(key, (0, 0.0))
        return count if end > time.time() else 0

    def get_expiry(self, key: str) -> float:
        return self._counts.get(key, (0, time.time()))[1]

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self._lock:
            number = len(self._counts)
            self._counts.clear()
            return number

    def clear(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)

    def _sweep(self, now: float) -> None:
        """Else every address that ever asked would stay for ever."""
        if now - self._swept < SWEEP_EVERY_S:
            return
        self._swept = now
        self._counts = {key: held for key, held in self._counts.items() if held[1] > now}
