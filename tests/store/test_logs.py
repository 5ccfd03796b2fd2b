"""Sections come in: kept once, answered truly, whatever else goes wrong."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from fieldlog.store import identity, logs, projection
from fieldlog.store.counts import count
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Device, Entry, Event, Log, Visit
from fieldlog.store.verify import verify
from sync import chain, receipts
from sync.messages import Compare
from sync.messages import compare as comparing
from tests.store.authors import via
from tests.store.conftest import NODE, PHONE, PHONE_2
from tests.store.test_database import in_threads

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


def test_two_threads_pushing_one_log_at_once_leave_it_as_one_would(centre, alice):
    for _ in range(30):
        alice.visit()
    results = []

    def push() -> None:
        with centre.app_context():
            for last in range(5, 31, 5):
                results.append(logs.accept(alice.section(1, last), PHONE, NOW))

    in_threads(push, push, push)
    assert {result.r for result in results} == {"ok"}
    assert count() == {"entries": 30, "visits": 29, "events": 0, "quarantined": 0, "logs": 1}
    assert verify() == []


def test_a_hole_is_told_and_nothing_is_kept(centre, alice):
    for _ in range(4):
        alice.visit()
    logs.accept(alice.section(1, 2), PHONE, NOW)
    result = logs.accept(alice.section(4, 5), PHONE, NOW)
    assert (result.r, result.have, result.hash) == ("gap", 2, alice.hashes[2])
    assert count()["entries"] == 2


def test_a_hole_at_the_start_leaves_no_trace_of_the_log(centre, alice):
    alice.visit()
    assert logs.accept(alice.section(2, 2), PHONE, NOW).r == "gap"
    assert count()["logs"] == 0


def test_another_phones_log_is_not_taken_and_not_told_of(centre, alice):
    logs.accept(alice.section(), PHONE, NOW)
    alice.visit()
    result = logs.accept(alice.section(), PHONE_2, NOW)
    assert (result.r, result.have, result.up) == ("not_yours", 0, None)
    assert count()["entries"] == 1


def test_a_clones_entries_are_kept_apart_and_count(centre, alice):
    alice.visit()
    clone = alice.copy()
    alice.visit()
    clone.event()
    clone.event()
    logs.accept(alice.section(), PHONE, NOW)
    result = logs.accept(clone.section(), PHONE, NOW)
    assert (result.r, result.have, result.hash) == ("fork", 3, alice.hashes[3])
    assert count() == {"entries": 5, "visits": 2, "events": 2, "quarantined": 0, "logs": 1}
    assert verify() == []


def test_a_wrong_head_is_told_and_nothing_is_kept(centre, alice):
    alice.visit()
    assert logs.accept(alice.section(head=b"\x01" * 32), PHONE, NOW).r == "head_mismatch"
    assert count()["entries"] == 0


def test_accepting_inside_a_transaction_is_refused(centre, alice):
    with writing(), pytest.raises(RuntimeError, match="commits by itself"):
        logs.accept(alice.section(), PHONE, NOW)


def test_a_projection_that_fails_refuses_nothing_and_is_caught_up(centre, alice, monkeypatch):
    visit = alice.visit()
    alice.leave(visit)
    with monkeypatch.context() as broken:
        broken.setattr(projection.following, "_apply", _fails)
        result = logs.accept(alice.section(), PHONE, NOW)
    assert (result.r, result.have) == ("ok", 3)
    assert (count()["entries"], count()["visits"]) == (3, 0)
    assert projection.catch_up() == 3
    assert count()["visits"] == 1
    assert projection.catch_up() == 0
    assert verify() == []


def test_the_next_push_catches_up_what_a_crash_left(centre, alice, monkeypatch):
    alice.visit()
    with monkeypatch.context() as broken:
        broken.setattr(projection.following, "_apply", _fails)
        logs.accept(alice.section(), PHONE, NOW)
    alice.visit()
    logs.accept(alice.section(3, 3), PHONE, NOW)
    assert count()["visits"] == 2


def test_the_centre_signs_what_it_has(centre, alice):
    up = logs.accept(alice.section(), PHONE, NOW).up
    assert (up.r, up.have, up.hash, up.inc) == ("ok", 1, alice.hashes[1], identity.get().inc)
    key = identity.centre_key()
    assert receipts.verify(key, alice.log, up.have, up.hash, up.inc, up.at, up.sig)
    assert not receipts.verify(key, alice.log, up.have + 1, up.hash, up.inc, up.at, up.sig)


def test_status_tells_what_push_told_and_nothing_of_others(centre, alice):
    alice.put(b"{}")
    pushed = logs.accept(alice.section(), PHONE, NOW)
    [mine] = logs.results([alice.log], PHONE)
    assert (mine.have, mine.hash, mine.q) == (pushed.have, pushed.hash, pushed.q)
    [earlier] = logs.results([alice.log], PHONE, at=1)
    assert (earlier.have, earlier.hash) == (1, alice.hashes[1])
    for device, log in ((PHONE_2, alice.log), (PHONE, "ab" * 16)):
        [unknown] = logs.results([log], device)
        assert (unknown.r, unknown.have, unknown.hash) == ("ok", 0, chain.genesis(log))
        assert (unknown.up.have, unknown.up.hash, unknown.q) == (0, chain.genesis(log), ())


def test_a_push_tells_of_the_phone_behind_it(centre, alice):
    alice.visit()
    section = alice.section(1, 2, unsent=7, now="2019-05-03T21:40:35Z", app="1.4.0")
    logs.accept(section, PHONE, NOW)
    phone = reading().get(Device, PHONE.id)
    assert (phone.last_contact_at, phone.app, phone.skew_s, phone.unsent) == (NOW, "1.4.0", 30, 5)
    log = reading().scalars(sa.select(Log)).one()
    assert (log.device, log.via_node, log.unsent, log.app) == (PHONE.id, None, 5, "1.4.0")


def test_a_push_through_a_node_tells_of_both(centre, alice):
    section = alice.section(via=via(PHONE.id, unsent=4, app="1.4.0"), unsent=1, app="node")
    result = logs.accept(section, NODE, NOW)
    assert result.r == "ok"
    phone, node = reading().get(Device, PHONE.id), reading().get(Device, NODE.id)
    assert (phone.app, phone.unsent, phone.skew_s) == ("1.4.0", 4, -30)
    assert (node.last_contact_at, node.app, node.skew_s) == (NOW, "node", -5)
    log = reading().scalars(sa.select(Log)).one()
    assert (log.device, log.via_node, log.skew_s) == (PHONE.id, NODE.id, -30)


def test_what_another_carried_here_is_not_the_phones_own_voice(centre, alice):
    alice.visit()
    logs.accept(alice.section(1, 1, unsent=2, now="2019-05-03T21:40:35Z"), PHONE, NOW)
    later = datetime(2019, 5, 9, tzinfo=UTC)
    carried = alice.section(2, 2, unsent=1, now="2019-05-03T21:50:00Z")
    assert logs.accept(carried, PHONE, later, carried=True).have == 2
    phone = reading().get(Device, PHONE.id)
    assert (phone.last_contact_at, phone.skew_s, phone.unsent) == (NOW, 30, 0)
    log = reading().scalars(sa.select(Log)).one()
    assert (log.last_at, log.skew_s, log.unsent, log.via_node) == (NOW, 30, 0, None)


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_clock_beyond_what_can_be_kept_is_none_either(centre, alice, now):
    section = alice.section(via=via(PHONE.id, now=now, received_at=now), now=now)
    assert logs.accept(section, NODE, NOW).r == "ok"
    phone, node = reading().get(Device, PHONE.id), reading().get(Device, NODE.id)
    assert (phone.last_contact_at, phone.skew_s, node.skew_s) == (None, None, None)


@pytest.mark.parametrize("now", ["", "yesterday", "2019-05-03", "2019-05-03T21:40:35"])
def test_a_clock_that_says_nothing_is_no_reason_to_refuse(centre, alice, now):
    assert logs.accept(alice.section(now=now, unsent=2**53 - 1), PHONE, NOW).r == "ok"
    assert reading().get(Device, PHONE.id).skew_s is None


def test_compare_is_empty_only_when_both_have_the_same(centre, alice):
    alice.visit()
    clone = alice.copy()
    clone.visit()
    alice.event()
    through = {"via": via(PHONE.id)}
    logs.accept(alice.section(**through), NODE, NOW)
    logs.accept(clone.section(**through), NODE, NOW)
    mine, apart = (Compare(a.log, 3, a.hashes[3]) for a in (alice, clone))
    assert logs.compare([mine, apart], NODE) == []
    assert logs.digest(NODE) == comparing.digest([apart, mine]).hex()
    assert logs.compare([mine], NODE) == [apart]
    assert logs.compare([], NODE) == [mine, apart]
    ahead = Compare(alice.log, 9, b"\x09" * 32)
    assert logs.compare([ahead, mine, apart], NODE) == [mine]
    behind = Compare(alice.log, 2, alice.hashes[2])
    assert logs.compare([behind, apart], NODE) == [mine]
    stranger = Compare("ab" * 16, 3, b"\x03" * 32)
    unknown = Compare("ab" * 16, 0, chain.genesis("ab" * 16))
    assert logs.compare([mine, apart, stranger], NODE) == [unknown]


def test_compare_tells_a_device_nothing_it_did_not_name(centre, alice):
    logs.accept(alice.section(), PHONE, NOW)
    assert logs.compare([], NODE) == []
    assert logs.compare([], PHONE_2) == []
    assert logs.digest(PHONE_2) == comparing.digest([]).hex()


def _fails(*_):
    raise ZeroDivisionError
