"""The real store as a backend of the simulation: fieldlog.store on SQLite or PostgreSQL.

Each store is an app of its own on a database of its own. Knows nothing of HTTP. A copy is every
row of every table, as a backup would have it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
import time_machine
from flask import Flask

from fieldlog.store import database, identity, logs, outbox, ownlog, projection
from fieldlog.store.arrived import Reader
from fieldlog.store.database import db, reading, writing
from fieldlog.store.tables import (
    Account,
    Branch,
    Category,
    Device,
    DeviceAccount,
    Entry,
    Event,
    Identity,
    Log,
    Organisation,
    Place,
    Visit,
)
from sync import nightly
from sync.messages import Compare, Result, Section
from sync.ports import Entry as Held
from tests.simulation.scribe import PLACES
from tests.support.memory import MemoryBranch, MemoryLog
from tests.support.memory_store import Pusher

LONG_AGO = datetime.fromisoformat("2019-01-01T00:00:00+00:00")
Rows = dict[str, list[dict]]


class DatabaseBackend:
    """`people`: the phones and their accounts; `nodes`: devices that pass on for others."""

    def __init__(self, name: str, role: str, url: str, people: Iterable[str]) -> None:
        self._app = Flask(f"simulated-{name}")
        self._seen: dict[str, tuple[tuple, MemoryLog]] = {}
        database.init(self._app, url, role)
        with self._app.app_context():
            _do_not_wait_for_the_disk(db.engine)
            identity.ensure(name)
            _settle(people)
        self.fresh = self.copy()
        self.inc = self.fresh["identity"][0]["inc"]

    def close(self) -> None:
        with self._app.app_context():
            db.session.remove()
            db.engine.dispose()

    def use_key(self, key: str) -> None:
        """Sign with this key: one for all worlds."""
        with self._app.app_context(), writing() as session:
            session.execute(sa.update(Identity).values(receipt_key=key))
        self.fresh = self.copy()

    def accept(self, section: Section, pusher: Pusher, now: datetime) -> Result:
        with self._app.app_context():
            return logs.accept(section, pusher, now)

    def results(self, asked: Iterable[str], pusher: Pusher, now: datetime) -> list[Result]:
        # A receipt says when it was given, and phones let go by it: it must be the world's time.
        with self._app.app_context(), time_machine.travel(now, tick=False):
            return logs.results(asked, pusher)

    def compare(self, lines: Iterable[Compare], pusher: Pusher) -> list[Compare]:
        with self._app.app_context():
            return logs.compare(lines, pusher)

    def digest(self, pusher: Pusher) -> str:
        with self._app.app_context():
            return logs.digest(pusher)

    def write(self, payload: bytes, now: datetime) -> set[bytes]:
        reader, author = Reader(), Account(id="sara", org="polisen")
        with self._app.app_context():
            with writing() as session:
                ledger = ownlog.current(session, author, now, reader)
                ownlog.append(ledger, payload)
                ledger.save()
            projection.project(ledger.row.id, reader)
            own = sa.select(Entry.digest).where(Entry.log_id == ledger.row.id)
            return set(reading().scalars(own))

    def nightly(self, centre: nightly.Centre) -> bool:
        with self._app.app_context():
            return nightly.run(outbox, centre).outcome == "ok"

    def update_reference(self, places: Iterable[str]) -> None:
        with self._app.app_context():
            with writing() as session:
                for code in places:
                    session.merge(_place(code))
            projection.rejudge()

    def power_cut(self) -> None:
        """Whatever was answered is on disk; what it means is caught up with, as at a start."""
        with self._app.app_context():
            projection.catch_up()

    def copy(self) -> Rows:
        with self._app.app_context():
            return {
                table.name: [dict(row) for row in reading().execute(table.select()).mappings()]
                for table in db.metadata.sorted_tables
            }

    def put(self, copy: Rows, inc: str | None) -> None:
        with self._app.app_context():
            with writing() as session:
                for table in reversed(db.metadata.sorted_tables):
                    session.execute(table.delete())
                for table in db.metadata.sorted_tables:
                    if copy[table.name]:
                        session.execute(table.insert(), copy[table.name])
            self.inc = identity.get().inc if inc is None else identity.renew()
            projection.catch_up()
        self._seen.clear()

    def look(self) -> dict[str, MemoryLog]:
        """What the tables hold; a log that has not changed is the same object as before."""
        with self._app.app_context():
            for row, mark in _marked():
                if row.log not in self._seen or self._seen[row.log][0] != mark:
                    self._seen[row.log] = (mark, _read(row))
        return {name: log for name, (_, log) in self._seen.items()}

    def rows(self) -> Rows:
        """The projection, by table."""
        with self._app.app_context():
            return {
                model.__tablename__: [
                    {key: value for key, value in row.items() if key not in ("entry_id",)}
                    for row in reading()
                    .execute(model.__table__.select().order_by(model.rid))
                    .mappings()
                ]
                for model in (Visit, Event)
            }

    def rebuild(self) -> None:
        with self._app.app_context():
            projection.rebuild()


@contextmanager
def opened(urls: dict[str, str], roles: dict[str, str], people: Iterable[str]) -> Iterator[dict]:
    """A backend for each name, closed at the end."""
    made = {name: DatabaseBackend(name, roles[name], url, people) for name, url in urls.items()}
    try:
        yield made
    finally:
        for backend in made.values():
            backend.close()


def _marked() -> Iterator[tuple[Log, tuple]]:
    """Every log with what tells whether it has changed."""
    counted = (
        sa.select(Entry.log_id, sa.func.count(), sa.func.count(Entry.payload))
        .group_by(Entry.log_id)
        .subquery()
    )
    wanted = sa.select(Log, counted.c[1], counted.c[2]).outerjoin(
        counted, counted.c.log_id == Log.id
    )
    for row, entries, payloads in reading().execute(wanted):
        yield row, (row.base, row.have, row.hash, entries, payloads)


def _read(row: Log) -> MemoryLog:
    log = MemoryLog(row.log, row.device, row.via_node, row.base, row.base_hash, row.have, row.hash)
    held: dict[int, list[Held]] = {}
    wanted = sa.select(Entry).where(Entry.log_id == row.id).order_by(Entry.branch, Entry.seq)
    for each in reading().scalars(wanted):
        entry = Held(each.seq, each.digest, each.hash, each.payload)
        held.setdefault(each.branch, []).append(entry)
    log.entries = {entry.seq: entry for entry in held.get(0, ())}
    for branch in reading().scalars(sa.select(Branch).where(Branch.log_id == row.id)):
        log.branches.append(MemoryBranch(branch.prev, tuple(held[branch.number])))
    return log


def _do_not_wait_for_the_disk(engine: sa.Engine) -> None:
    """No simulated power cut takes what PostgreSQL has said is committed: spare its fsyncs."""
    if engine.dialect.name == "postgresql":
        relaxed = "SET LOCAL synchronous_commit = off"
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(relaxed))


def _settle(people: Iterable[str]) -> None:
    """The organisation, places and people that every simulated store knows."""
    with writing() as session:
        session.add(Organisation(code="polisen", name="Polisen", kind="police"))
        session.add(
            Category(code="SKA", parent=None, sv="Skada", en="Damage", public="place", position=1)
        )
        session.add(
            Category(
                code="SKA.klotter",
                parent="SKA",
                sv="Klotter",
                en="Graffiti",
                public="place",
                position=2,
            )
        )
        session.add_all(_place(code) for code in PLACES)
        session.flush()
        for name in people:
            session.add(
                Account(
                    id=name,
                    login=name,
                    name=name,
                    org="polisen",
                    role="supervisor",
                    created_at=LONG_AGO,
                )
            )
            session.add(
                Device(id=name, kind="phone", name=name, org="polisen", enrolled_at=LONG_AGO)
            )
        for node in ("node-a", "node-b"):
            session.add(Device(id=node, kind="node", name=node, enrolled_at=LONG_AGO))
        session.flush()
        session.add_all(DeviceAccount(device=name, account=name) for name in people)


def _place(code: str) -> Place:
    return Place(
        code=code, name=code, kind="square", lat=59.4, lon=17.9, radius_m=100, updated_at=LONG_AGO
    )
