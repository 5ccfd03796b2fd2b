"""The sender of photos, as a node carries them to the centre: part by part, from where it is.

Pure orchestration of ports: knows neither HTTP nor SQL, and keeps nothing between two runs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from sync.http import Refused, TooLarge, Trouble, Unauthorised
from sync.messages import CHUNK_MAX, CHUNK_MIN, BlobReceipt, BlobStatus, Compare
from sync.messages.compare import BLOB

ROUNDS_MAX = 2
STRAYS_MAX = 8  # answers in a row that bring a photo no further
COMPARED = 10_000  # lines of a request


class Held(NamedTuple):
    """A photo that is here whole."""

    sha256: bytes
    size: int


class Holdings(Protocol):
    """The photos a node has, and what it believes the centre to have."""

    def lacking(self) -> Iterable[Held]:
        """Every photo without the centre's receipt."""

    def lines(self) -> Iterable[Compare]:
        """A line `blob size sha256` for each photo."""

    def piece(self, photo: Held, offset: int, most: int) -> bytes:
        """Its bytes from `offset` on; raises OSError where they can't be read."""

    def learn(self, photo: Held, receipt: BlobReceipt) -> bool:
        """Keep the centre's word; False if the centre did not sign it."""

    def lower(self, sha256: bytes) -> None:
        """The centre does not have it: what it said before is void."""


@dataclass(slots=True)
class Carried:
    """What one run did. `waiting`: photos here without the centre's receipt when it ended.

    `faults` are sentences about photos that were not taken, or can't be read here.
    """

    sent: int = 0  # photos that the centre took or already had
    bytes: int = 0
    waiting: int = 0
    lowered: int = 0  # photos that the centre had lost
    faults: list[str] = field(default_factory=list)


Ask = Callable[..., Any]  # ask(verb, *arguments) of a Peer; tries again by itself
Report = Callable[[str, int, int], Any]  # stage, done, of how many


def carry(held: Holdings, ask: Ask, report: Report = lambda *_: None) -> Carried:
    """Bring every photo to the centre, and make sure that those it had are there still.

    Raises Trouble or Unauthorised when the centre can't be spoken to; run again, it goes on from
    where each photo is. One photo that is refused holds up no other.
    """
    told = Carried()
    for _ in range(ROUNDS_MAX):
        photos = list(held.lacking())
        for number, photo in enumerate(photos, 1):
            _bring(photo, held, ask, told)
            report("photos", number, len(photos))
        if not _compare(held, ask, told):
            break
    told.waiting = sum(1 for _ in held.lacking())
    return told


def _bring(photo: Held, held: Holdings, ask: Ask, told: Carried) -> None:
    name = photo.sha256.hex()
    try:
        receipt = _sent(photo, held, ask, told)
    except Unauthorised:
        raise
    except Refused as refused:
        told.faults.append(f"photo {name}: {refused}")
    except OSError as fault:
        told.faults.append(f"photo {name} can't be read here: {fault.strerror or fault}")
    else:
        if receipt is None or not held.learn(photo, receipt):
            raise Trouble(f"the centre has photo {name}, and its signature does not say so")
        told.sent += 1


def _sent(photo: Held, held: Holdings, ask: Ask, told: Carried) -> BlobReceipt | None:
    """Send what the centre lacks of it; what the centre then says."""
    name, room, strays = photo.sha256.hex(), CHUNK_MAX, 0
    status: BlobStatus = ask("blob_status", name)
    while status.offset < photo.size:
        before = status.offset
        try:
            part = held.piece(photo, before, room)
            status = ask("blob_part", name, before, photo.size, part)
        except TooLarge as fault:
            room //= 2
            if room < CHUNK_MIN:
                raise Refused(413, "too_large", str(fault)) from fault
            continue
        strays = 0 if status.offset > before else strays + 1
        if strays == STRAYS_MAX:
            raise Refused(409, "wrong_hash", "it never becomes whole there")
        told.bytes += len(part) if status.offset > before else 0
    return status.receipt


def _compare(held: Holdings, ask: Ask, told: Carried) -> bool:
    """Lower what the centre has not; whether there was any that it was believed to have."""
    lacking = {photo.sha256 for photo in held.lacking()}
    believed = [line for line in held.lines() if line.hash not in lacking]
    lost = [
        line.hash
        for start in range(0, len(believed), COMPARED)
        for line in ask("compare", believed[start : start + COMPARED])
        if line.log == BLOB
    ]
    for sha256 in lost:
        held.lower(sha256)
    told.lowered += len(lost)
    return bool(lost)
