"""What the store's tests do over and over: push, release, and look at what then stands."""

from datetime import UTC, datetime

import sqlalchemy as sa

from fieldlog.store import logs
from fieldlog.store.database import reading
from fieldlog.store.tables import Event, Log, NoteWord, Quarantine, Visit
from sync.records import rid_bytes
from tests.store.authors import Author
from tests.store.conftest import PHONE, SARA

NOW = datetime(2019, 5, 3, 21, 40, 5, tzinfo=UTC)


def push(author: Author, pusher=PHONE, **section) -> None:
    assert logs.accept(author.section(**section), pusher, NOW).r in ("ok", "fork")


def visit(rid: str) -> Visit:
    return reading().get(Visit, rid_bytes(rid))


def event(rid: str) -> Event:
    return reading().get(Event, rid_bytes(rid))


def everything() -> dict:
    """All that is projected, but for the numbers of rows."""
    tables = {}
    for table in (Visit, Event):
        rows = reading().execute(sa.select(table.__table__).order_by(table.rid)).mappings()
        tables[table.__tablename__] = [dict(row) for row in rows]
    noted = reading().execute(sa.select(NoteWord.__table__))
    tables["words"] = sorted(tuple(row) for row in noted)
    held = sa.select(Quarantine.__table__).order_by(Quarantine.entry_id)
    tables["quarantine"] = [tuple(row) for row in reading().execute(held)]
    opened = sa.select(Log.log, Log.opened, Log.previous, Log.closed).order_by(Log.log)
    tables["logs"] = [tuple(row) for row in reading().execute(opened)]
    return tables


def one_by_one(author: Author, order: list[int]) -> list[Author]:
    """Each entry as a log of its own, to be pushed in any order."""
    singles = []
    for index in order:
        single = Author(author.by, author.org, author.device)
        single.put(author.payloads[index], author.rids[index])
        singles.append(single)
    return singles


def release(author: Author, seq: int, rid: str | None) -> None:
    digest = author.section(seq, seq).lines[0].digest.hex()
    body = {"ref": rid, "log": author.log, "seq": seq, "sha256": digest, "why": "platsen är ny"}
    logs.write("release", body, SARA)
