"""Logs coming in: takes sections, answers what is here, writes this store's own log.

Knows nothing of HTTP. What a section is answered with is on disk before the answer is made.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa
import structlog

from fieldlog.store import answers, database, identity, projection
from fieldlog.store.arrived import Reader
from fieldlog.store.database import reading, writing
from fieldlog.store.ledger import SqlLedger
from fieldlog.store.ownlog import write
from fieldlog.store.reference import Known
from fieldlog.store.tables import Entry, Log
from sync import chain, receiver
from sync.messages import Compare, Result, Section
from sync.messages import compare as comparing

__all__ = ["accept", "compare", "digest", "results", "write"]

receive = receiver.receive
log = structlog.get_logger(__name__)


def accept(section: Section, pusher, now: datetime, *, carried: bool = False) -> Result:
    """Take in one section from the device `pusher` (id, kind); kept for good once this returns.

    `carried`: somebody else brought it, so it says nothing of when the device was last heard.
    Acceptance is one durable transaction. What the entries mean is worked out in another, whose
    failure is logged and made good later: it never makes an accepted entry refused.
    """
    if database.is_writing():
        raise RuntimeError("accept() commits by itself: call it outside writing()")
    reader = Reader()
    reader.ahead(section.lines)  # the slow part, done before anything is locked
    with writing() as session:
        ledger = SqlLedger(session, section.log, pusher.id, now, reader, carried=carried)
        result = receive(
            section,
            ledger,
            pusher=pusher.id,
            role=identity.role(),
            relays=pusher.kind == "node",
        )
        ledger.save()
        log_id = ledger.row.id
    if ledger.row.projected < ledger.have or ledger.has_branches:
        _project(ledger, reader)
    return answers.complete(result, log_id, now)


def results(asked: Iterable[str], device, *, at: int | None = None) -> list[Result]:
    """What is here of `asked`, for the device `device`; `at`: with the hash at that number.

    An unknown log, or one of another device that is no node, has 0 and its first hash.
    """
    return [_result(each, device, at) for each in asked]


def compare(lines: Iterable[Compare], device) -> list[Compare]:
    """Where our entries differ from what `device` says it has; empty only if they are the same.

    Of what we do not hold, our own last number and hash of that log; and every end of ours that
    was not named, of the logs that were named or that came through this device.
    """
    return answers.differences(list(lines), device)


def digest(device) -> str:
    """SHA-256 (hex) over all lines of the logs that came from or through `device`."""
    return comparing.digest(answers.ends(answers.of_device(device))).hex()


def _project(ledger: SqlLedger, reader: Reader) -> None:
    log_id = ledger.row.id
    for last_try in (False, True):
        try:
            drafted = None
            if ledger.kept:
                drafted = projection.draft(ledger.kept, ledger.owner, Known(reading()))
            projection.project(log_id, reader, drafted, ledger.has_branches)
        except Exception as error:
            if last_try or not database.is_busy(error):
                log.exception("projection failed; it will be caught up", log_id=log_id)
                return
        else:
            return


def _result(name: str, device, at: int | None) -> Result:
    row = reading().scalar(sa.select(Log).where(Log.log == name))
    mine = row is not None and (device.kind == "node" or row.device == device.id)
    now = datetime.now(UTC)
    if not mine:
        return answers.complete(Result(name, "ok", 0, chain.genesis(name)), None, now)
    result = answers.complete(Result(name, "ok", row.have, row.hash), row.id, now)
    return result if at is None else _at(result, row, at)


def _at(result: Result, row: Log, at: int) -> Result:
    """The same with number and hash at `at`, where we know it."""
    known = {row.have: row.hash, row.base: row.base_hash, 0: chain.genesis(row.log)}
    found = known.get(at) or reading().scalar(
        sa.select(Entry.hash).where(Entry.log_id == row.id, Entry.branch == 0, Entry.seq == at)
    )
    return result if found is None else replace(result, have=at, hash=found)
