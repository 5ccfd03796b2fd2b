"""What a node holds for the centre, and what it believes the centre to have.

See `sync.nightly.Outbox`, which this module is. Knows nothing of how requests travel.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store import answers, only_one, source
from fieldlog.store.database import reading, writing
from fieldlog.store.source import HeldSource
from fieldlog.store.tables import Branch, Log
from sync.messages import Answer, Compare, Result
from sync.ports import Source
from sync.steps import Behind, Sent, Step
from sync.steps import Branch as Apart

NIGHTLY_LOCK = 4  # the first key of PostgreSQL's advisory locks: one number a purpose


@contextmanager
def lock() -> Iterator[bool]:
    """Whether the nightly job is ours to run: one at a time on this store, whatever dies."""
    with only_one.at_a_time("sync", NIGHTLY_LOCK) as mine:
        yield mine


def sources() -> list[HeldSource]:
    """Every log that the centre isn't believed to have whole, the longest waiting first."""
    waiting = sa.select(Log).where(Log.known < Log.have).order_by(Log.last_at, Log.id)
    return [source.main(row) for row in reading().scalars(waiting)]


def known() -> Mapping[str, int]:
    """log → entries the centre is believed to have."""
    return dict(reading().execute(sa.select(Log.log, Log.known)).all())


def held(log: str) -> HeldSource | None:
    """The log itself, if any of it is here."""
    row = reading().scalar(sa.select(Log).where(Log.log == log, Log.have > 0))
    return None if row is None else source.main(row)


def forks(log: str) -> list[HeldSource]:
    """The branches kept of a log."""
    wanted = (
        sa.select(Log, Branch)
        .join(Branch, Branch.log_id == Log.id)
        .where(Log.log == log)
        .order_by(Branch.number)
    )
    return [source.fork(*row) for row in reading().execute(wanted)]


def lines() -> Iterable[Compare]:
    """Last number and hash of every log and every branch."""
    return answers.ends(sa.true())


def learn(answer: Answer, steps: Sequence[tuple[Source, Step]]) -> None:
    """Keep what the centre said. Not waited for: what is lost here is asked again."""
    with writing(durable=False) as session:
        for held_source, step in steps:
            _believe(session, held_source, step)
        for result in answer.logs:
            if result.up is not None:
                _keep_receipt(session, result)


def lower(log: str, have: int) -> None:
    """The centre has less of a log than was believed."""
    with writing() as session:
        session.execute(sa.update(Log).where(Log.log == log).values(known=have))


def _believe(session: Session, held_source: HeldSource, step: Step) -> None:
    if held_source.branch:
        return
    log = sa.update(Log).where(Log.id == held_source.log_id)
    match step:
        case Sent(have) | Behind(have):
            session.execute(log.values(known=have, up_r="ok"))
        case Apart():
            # All that is left to do for the log is what its branch does. One of our own is
            # ended: a store that was restored goes on in a new log.
            session.execute(log.values(known=held_source.head, up_r="fork", own=False))


def _keep_receipt(session: Session, result: Result) -> None:
    """The centre's word on its own log, for the phone that asks here. `up_r` is ours to say."""
    up = result.up
    told = {
        "up_r": sa.func.coalesce(Log.up_r, up.r),
        "up_have": up.have,
        "up_hash": up.hash,
        "up_inc": up.inc,
        "up_at": up.at,
        "up_sig": up.sig,
        "up_q": [asdict(each) for each in up.q],
    }
    session.execute(sa.update(Log).where(Log.log == result.log).values(told))
