"""Visits and events follow from the set of entries: in whatever order, batch or log they came."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from fieldlog.store import logs
from fieldlog.store.counts import count
from fieldlog.store.database import reading
from fieldlog.store.tables import Log
from fieldlog.store.verify import verify
from tests.store.acts import NOW, event, one_by_one, push, visit
from tests.store.authors import Author, event_body, visit_body
from tests.store.conftest import ALICE, BOB, PHONE

STARTED = datetime(2019, 5, 3, 20, 0, tzinfo=UTC)


def test_a_visit_runs_until_its_leave_comes(centre, alice):
    rid = alice.visit()
    push(alice)
    assert (visit(rid).state, visit(rid).ended_at) == ("running", None)
    assert (visit(rid).lat, visit(rid).lon, visit(rid).crew) == (59.47, 17.91, 2)
    alice.leave(rid)
    push(alice, first=3)
    assert (visit(rid).state, visit(rid).climate, visit(rid).contacts) == ("ended", "calm", "1-5")
    assert visit(rid).observed_at == STARTED


def test_a_leave_waits_for_its_visit(centre, alice):
    rid = alice.visit()
    alice.leave(rid)
    first, second = one_by_one(alice, [2, 1])
    push(first)
    assert count()["visits"] == 0
    push(second)
    assert visit(rid).state == "ended"


def test_taking_back_a_leave_lets_the_visit_run_again(centre, alice):
    rid = alice.visit()
    leave = alice.leave(rid)
    push(alice)
    alice.withdraw(leave)
    push(alice, first=4)
    assert (visit(rid).state, visit(rid).ended_by) == ("running", None)
    alice.leave(rid, ended_by="backfill")
    push(alice, first=5)
    assert (visit(rid).state, visit(rid).ended_by) == ("ended", "backfill")
    assert not visit(rid).conflict


def test_two_taps_are_a_conflict_and_neither_is_forgotten(centre, alice):
    rid = alice.visit()
    alice.leave(rid)
    alice.leave(rid, climate="uneasy")
    push(alice)
    assert visit(rid).conflict is True


def test_an_amendment_shows_and_the_first_rid_stays(centre, alice):
    rid = alice.event()
    alice.amend(rid, alice.digest_of(rid), event_body(place="SOL", note="fel plats först"))
    push(alice)
    assert (event(rid).place, event(rid).amended, event(rid).note) == (
        "SOL",
        True,
        "fel plats först",
    )
    assert count()["events"] == 1


def test_another_accounts_amendment_changes_nothing(centre, alice):
    rid = alice.event()
    alice.amend(rid, alice.digest_of(rid), event_body(place="SOL"), by=BOB.id)
    push(alice)
    assert (event(rid).place, event(rid).amended) == ("ROT", False)


def test_a_withdrawn_record_is_hidden_and_not_deleted(centre, alice):
    rid = alice.event()
    alice.withdraw(rid)
    push(alice)
    assert event(rid).state == "withdrawn"


@pytest.mark.parametrize(
    ("category", "acts", "standing"),
    [
        ("ORD.stoj", [], None),
        ("PLA.belysning", [], "open"),
        ("PLA.belysning", ["confirm"], "open"),
        ("PLA.belysning", ["confirm", "resolve"], "fixed"),
    ],
)
def test_a_standing_condition_is_open_until_seen_fixed(centre, alice, category, acts, standing):
    rid = alice.event(category=category)
    for act in acts:
        alice.write(act, {"ref": rid})
    push(alice)
    assert event(rid).standing == standing


def test_the_same_record_in_two_logs_is_one_row(centre, alice):
    rid = alice.visit()
    again = Author(ALICE.id, ALICE.org)
    again.open("forked")
    again.put(alice.payloads[1], rid)
    again.leave(rid)
    push(alice)
    push(again)
    assert count() == {"entries": 5, "visits": 1, "events": 0, "quarantined": 0, "logs": 2}
    assert visit(rid).state == "ended"


def test_the_same_record_twice_in_one_batch_is_one_row(centre, alice):
    rid = alice.visit()
    alice.put(alice.payloads[1], rid)
    push(alice)
    assert count()["visits"] == 1
    assert count()["quarantined"] == 0


def test_of_two_contents_under_one_rid_the_first_stands_and_the_other_is_flagged(centre, alice):
    rid = alice.visit()
    alice.write("visit", visit_body(place="SOL"), rid=rid)
    result = logs.accept(alice.section(), PHONE, NOW)
    assert visit(rid).place == "ROT"
    assert [(q.seq, q.code) for q in result.q] == [(3, "rid_conflict")]


def test_a_rid_taken_by_another_type_stays_what_it_was(centre, alice):
    rid = alice.visit()
    push(alice)
    alice.write("event", event_body(), rid=rid)
    push(alice, first=3)
    assert visit(rid).state == "running"
    assert event(rid) is None
    assert count()["quarantined"] == 1


def test_a_logs_own_first_and_last_words_are_noted(centre, alice):
    alice.write("close", {})
    push(alice)
    row = reading().scalars(sa.select(Log)).one()
    assert (row.opened, row.previous, row.closed) == ("new", None, True)


def test_a_gone_payload_that_comes_back_is_projected(centre, alice):
    rid = alice.visit()
    alice.leave(rid)
    gone = [line if n != 1 else line._replace(payload=None)
            for n, line in enumerate(alice.section().lines)]  # fmt: skip
    push(alice, lines=gone)
    assert count()["visits"] == 0
    push(alice)
    assert visit(rid).state == "ended"
    assert verify() == []
