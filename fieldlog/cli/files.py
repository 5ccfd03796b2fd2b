"""The rescue files this node keeps, as `sync.passing` asks for them. Knows no network."""

from datetime import UTC, datetime
from typing import Any

from fieldlog.store import identity, rescues


class Files:
    """See `sync.passing.Shelf`. `only`: the one file that is to be passed on now."""

    def __init__(self, only: str | None = None) -> None:
        self._only = only

    def centre_key(self) -> str | None:
        return identity.centre_key()

    def waiting(self, inc: str | None) -> list[str]:
        if self._only is not None:
            return [self._only]
        rescues.let_go(datetime.now(UTC))
        return rescues.waiting(inc)

    def file(self, sha256: str) -> bytes:
        content = rescues.file(sha256)
        if content is None:
            raise LookupError(f"the file {sha256} is not here any more")
        return content

    def taken(self, sha256: str, told: dict[str, Any]) -> None:
        rescues.taken(sha256, told, datetime.now(UTC))

    def refused(self, sha256: str, code: str) -> None:
        rescues.refused(sha256, code, datetime.now(UTC))
