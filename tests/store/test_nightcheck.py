"""The night's check: faults as sentences; what was taken in a moment ago is no fault."""

import sqlalchemy as sa

from fieldlog.store import nightcheck, projection
from fieldlog.store.database import writing
from fieldlog.store.tables import Entry, Log
from tests.store.acts import push


def test_a_sound_store_has_no_fault(centre, alice):
    alice.visit()
    push(alice)
    checked = nightcheck.check()
    assert (checked["entries"], checked["faults"]) == (2, [])


def test_a_flipped_payload_is_found(centre, alice):
    alice.visit()
    push(alice)
    with writing() as session:
        session.execute(sa.update(Entry).where(Entry.type == "visit").values(payload=b"{}"))
    assert any("does not have the bytes" in fault for fault in nightcheck.check()["faults"])


def test_what_a_crash_left_unprojected_is_made_good_and_no_fault(centre, alice):
    alice.visit()
    push(alice)
    with writing() as session:
        session.execute(sa.update(Log).values(projected=0))
    assert nightcheck.check()["faults"] == []


def test_what_comes_in_between_is_waited_for_a_little(centre, alice, monkeypatch):
    alice.visit()
    push(alice)
    monkeypatch.setattr(projection, "catch_up", lambda: None)
    with writing() as session:
        session.execute(sa.update(Log).values(projected=0))
    pauses = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            with writing() as session:
                session.execute(sa.update(Log).values(projected=Log.have))

    assert nightcheck.check(pause=pause)["faults"] == []
    assert len(pauses) == 2
