"""A node passes on the rescue files it keeps, and believes only the centre's signature.

Orchestrates ports; knows neither HTTP's details nor SQL, nor what is in a file.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from sync import receipts
from sync.http import Refused, TooLarge, Trouble, Unauthorised


class Shelf(Protocol):
    """The files a node keeps, each by its SHA-256 in hex."""

    def centre_key(self) -> str | None:
        """The centre's public key (PEM), once it is known here."""
        ...

    def waiting(self, inc: str | None) -> Iterable[str]:
        """Those the centre has not signed for in its present life `inc`, oldest first."""
        ...

    def file(self, sha256: str) -> bytes: ...

    def taken(self, sha256: str, told: dict[str, Any]) -> None: ...

    def refused(self, sha256: str, code: str) -> None: ...


@dataclass
class Passed:
    """What a round did. `refused`: codes by file, which stay here for somebody to look at."""

    taken: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def pass_on(shelf: Shelf, ask: Callable[[bytes], dict[str, Any]], inc: str | None = None) -> Passed:
    """Hand on all that waits, one by one. Trouble and Unauthorised leave the rest waiting."""
    done = Passed()
    for sha256 in shelf.waiting(inc):
        try:
            told = hand_on(shelf.file(sha256), sha256, ask, shelf.centre_key())
        except Unauthorised:
            raise  # it is not the file that is refused
        except (Refused, TooLarge) as refusal:
            done.refused[sha256] = getattr(refusal, "error", "too_large")
            shelf.refused(sha256, done.refused[sha256])
        else:
            done.taken.append(sha256)
            shelf.taken(sha256, told)
    return done


def hand_on(
    file: bytes, sha256: str, ask: Callable[[bytes], dict[str, Any]], centre_key: str | None
) -> dict[str, Any]:
    """The centre's answer to one file; Trouble unless it bears the centre's own signature."""
    told = ask(file)
    if not is_signed(told, sha256, centre_key):
        raise Trouble("the answer to a rescue file does not bear the centre's signature")
    return told


def is_signed(told: dict[str, Any], sha256: str, centre_key: str | None) -> bool:
    """Whether this is the centre's word that it has taken this very file."""
    up = told.get("up")
    words = [up.get(name) for name in ("inc", "at", "sig")] if isinstance(up, dict) else []
    if centre_key is None or len(words) != 3 or not all(isinstance(each, str) for each in words):
        return False
    return receipts.verify_taken(centre_key, bytes.fromhex(sha256), *words)
