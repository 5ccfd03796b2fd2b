"""Sections come in: kept once, answered truly, whatever else goes wrong."""

from datetime import UTC, datetime

import sqlalchemy as sa

from fieldlog.store import logs
from fieldlog.store.counts import count
from fieldlog.store.database import reading
from fieldlog.store.tables import Entry, Event, Visit
from tests.store.conftest import PHONE

NOW = datetime(2019, 5, 3, 21, 40, 5, tzinfo=UTC)


def test_a_visit_its_leave_and_an_event_arrive_and_stand(centre, alice):
    visit = alice.visit()
    alice.event(visit=visit, category="PLA.belysning")
    alice.leave(visit)
    result = logs.accept(alice.section(), PHONE, NOW)
    assert (result.r, result.have, result.hash, result.q) == ("ok", 4, alice.hashes[4], ())
    assert count() == {"entries": 4, "visits": 1, "events": 1, "quarantined": 0, "logs": 1}
    row = reading().scalars(sa.select(Visit)).one()
    assert (row.state, row.ended_by, row.note) == ("ended", "tap", "Lugnt på torget, åäö 🌙")
    assert row.observed_at == datetime(2019, 5, 3, 20, 0, tzinfo=UTC)
    assert row.body["nothing_observed"] is True
    event = reading().scalars(sa.select(Event)).one()
    assert (event.visit, event.standing) == (row.rid, "open")


def test_the_same_section_twice_changes_nothing(centre, alice):
    alice.visit()
    first = logs.accept(alice.section(), PHONE, NOW)
    again = logs.accept(alice.section(), PHONE, NOW)
    assert (again.r, again.have, again.hash) == (first.r, first.have, first.hash)
    assert count()["entries"] == 2


def test_bytes_are_kept_as_they_were_written(centre, alice):
    alice.put(b"no json at all \xff")
    alice.put('{"a": 1,   "b":"å"}'.encode())
    logs.accept(alice.section(), PHONE, NOW)
    kept = reading().scalars(sa.select(Entry.payload).order_by(Entry.seq)).all()
    assert kept == alice.payloads
