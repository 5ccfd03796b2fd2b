"""Opens a rescue file at the centre and takes what is in it, as if its phone had pushed it.

Every section is committed by itself, by the same rules and judged by the same device; taking a
file twice changes nothing. Knows nothing of how the file came.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NamedTuple

import sqlalchemy as sa
import structlog

from fieldlog.store import blobs, identity, logs
from fieldlog.store.database import reading
from fieldlog.store.rescues import kept
from fieldlog.store.tables import Entry, Log, Quarantine, Token
from sync import receipts, rescue
from sync.messages import Framing, Section, parse
from sync.rescue import Head, Part, Unfit

log = structlog.get_logger(__name__)
KEPT = ("ok", "fork")  # what became of a section whose every entry is here now


class Unproven(Unfit):
    """Nothing shows that the phone it names made it."""

    code = "rescue_unproven"


class Pusher(NamedTuple):
    """The device whose the records are, as `logs.accept` asks for it."""

    id: str
    kind: str = "phone"


@dataclass
class Tally:
    """What became of one log of the file. `quarantined`: of its entries in the file."""

    log: str
    r: str = "ok"
    new: int = 0
    known: int = 0
    quarantined: int = 0


@dataclass
class Taken:
    """What was found inside. `odd`: something in it found no other place than the file itself."""

    device: str
    logs: dict[str, Tally] = field(default_factory=dict)
    rows: int = 0
    photos: int = 0
    others: int = 0
    odd: bool = False


def take(
    content: bytes,
    carrier: str,
    now: datetime,
    *,
    by_hand: bool = False,
    progress: Callable[[int], object] = lambda _: None,
) -> dict:
    """Take all of a file that `carrier` brought; the answer, as on the wire.

    Raises Unfit's kinds; what stood before a cut or a fault is taken all the same. `by_hand`:
    whoever runs the centre answers for whose it is. `progress` hears of bytes read.
    """
    opened = rescue.open_sealed(_told_of(content, progress), identity.get().receipt_key)
    parts = rescue.unlocked(rescue.read(opened.plain), identity.get().receipt_key)
    first = next(parts, None)
    if not by_hand and not _is_proven(first, opened.head):
        raise Unproven("it does not prove which phone made it")
    if first is not None and first.kind == "bearer" and not by_hand:
        parts = _lying_with(first, parts)
    found = Taken(opened.head.device)
    digest = kept.keep(content, opened.head, carrier, now)
    try:
        _take_all([] if first is None else [first], found, now)
        _take_all(parts, found, now)
    except Unfit as fault:
        kept.refused(digest, fault.code, now)
        about = {"code": fault.code, **_counts(found)}
        log.info("a rescue file was taken in part", file=digest, carrier=carrier, **about)
        raise
    told = _answer(digest, found)
    kept.taken(digest, told, now, hold=found.odd)
    log.info("a rescue file was taken", file=digest, carrier=carrier, **_counts(found))
    return told


def _told_of(content: bytes, progress: Callable[[int], object]) -> Iterable[bytes]:
    step = rescue.CHUNK
    for start in range(0, len(content), step):
        piece = content[start : start + step]
        yield piece
        progress(len(piece))


def _is_proven(first: Part | None, head: Head) -> bool:
    if first is None or first.kind not in ("author", "bearer"):
        return False
    hashes = reading().scalars(sa.select(Token.hash).where(Token.device == head.device))
    if first.kind == "bearer":  # its token lay in the phone, sealed
        return first.about["hash"] in set(hashes)
    proof = first.about.get("proof")
    return rescue.proves(proof if isinstance(proof, str) else None, head, hashes)


def _lying_with(bearer: Part, parts: Iterable[Part]) -> Iterable[Part]:
    """Only what was sealed with the bearer's token is the bearer's: a copied phone whose PIN
    nobody knows can be put into a file, but nothing can be put beside it.
    """
    for part in parts:
        own = part.about.get("under") == bearer.about["under"]
        yield part if own else part._replace(kind="unproven")


def _take_all(parts: Iterable[Part], found: Taken, now: datetime) -> None:
    for part in parts:
        match part.kind:
            case "author" | "bearer":
                pass
            case "push":
                _take_push(part.content, found, now)
            case "photo":
                _take_photo(part, found)
            case "row":
                found.rows, found.odd = found.rows + 1, True
            case _:
                found.others, found.odd = found.others + 1, True


def _take_push(content: bytes, found: Taken, now: datetime) -> None:
    try:
        for section in parse([content]):
            _take_section(section, found, now)
    except Framing:
        found.others, found.odd = found.others + 1, True


def _take_section(section: Section, found: Taken, now: datetime) -> None:
    pusher = Pusher(found.device)
    before = _count(section.log)
    r = logs.accept(section, pusher, now, carried=True).r
    if r == "gap":  # the centre has lost what the phone has let go: kept beside what it has
        apart = replace(section, branch=section.head)
        r = "fork" if logs.accept(apart, pusher, now, carried=True).r == "ok" else r
    tally = found.logs.setdefault(section.log, Tally(section.log))
    tally.r = r if r != "ok" else tally.r
    if r not in KEPT:
        found.odd = True
        return
    new = _count(section.log) - before
    tally.new += new
    tally.known += len(section.lines) - new
    tally.quarantined += _quarantined(section)


def _take_photo(part: Part, found: Taken) -> None:
    try:
        good = blobs.keep(str(part.about.get("sha256")), part.content)
    except (blobs.NoPlace, ValueError):
        good = False
    found.photos += good
    found.odd = found.odd or not good


def _count(log: str) -> int:
    wanted = sa.select(sa.func.count(Entry.id)).join(Log, Log.id == Entry.log_id)
    return reading().scalar(wanted.where(Log.log == log))


def _quarantined(section: Section) -> int:
    """Entries of the section that stand in quarantine, in the log itself or beside it."""
    standing = (
        sa.select(Entry.seq, Entry.digest)
        .join(Quarantine, Quarantine.entry_id == Entry.id)
        .join(Log, Log.id == Entry.log_id)
        .where(Log.log == section.log, Quarantine.released_at.is_(None))
    )
    ours = {(seq, line.digest) for seq, line in enumerate(section.lines, section.first)}
    return len(ours & {(row.seq, row.digest) for row in reading().execute(standing)})


def _counts(found: Taken) -> dict:
    """Whose, and how much: nothing of what people wrote."""
    tallies = found.logs.values()
    return {
        "device": found.device,
        "entries": sum(each.new for each in tallies),
        "known": sum(each.known for each in tallies),
        "quarantined": sum(each.quarantined for each in tallies),
    }


def _answer(digest: str, found: Taken) -> dict:
    own = identity.get()
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    sig = receipts.sign_taken(own.receipt_key, bytes.fromhex(digest), own.inc, at)
    return {
        "state": "taken",
        "sha256": digest,
        "device": found.device,
        "logs": [vars(tally) for tally in found.logs.values()],
        "rows": found.rows,
        "photos": found.photos,
        "others": found.others,
        "up": {"inc": own.inc, "at": at, "sig": sig},
    }
