"""What stands in quarantine, what that changes, and how it is let out again."""

from datetime import timedelta

from fieldlog.store import logs, projection
from fieldlog.store.counts import count
from fieldlog.store.database import writing
from fieldlog.store.tables import Device, DeviceAccount, Place
from fieldlog.store.verify import verify
from tests.store.acts import NOW, event, everything, push, release, visit
from tests.store.authors import leave_body, visit_body
from tests.store.conftest import BOB, PHONE, PHONE_2, SARA


def test_what_cannot_be_read_stops_nothing_behind_it(centre, alice):
    alice.put(b"\xff\x00 nothing like JSON")
    alice.put(b'{"rid":"r1"}')
    alice.put(alice.payloads[0].replace(b'"v":1', b'"v":9').replace(b'"rid":"0', b'"rid":"1'))
    rid = alice.visit()
    result = logs.accept(alice.section(), PHONE, NOW)
    assert [(q.seq, q.code) for q in result.q] == [
        (2, "not_json"),
        (3, "invalid"),
        (4, "unknown_version"),
    ]
    assert visit(rid) is not None


def test_a_record_of_an_unknown_place_is_shown_flagged_and_not_counted(centre, alice):
    rid = alice.visit(place="NYTT")
    alice.leave(rid)
    result = logs.accept(alice.section(), PHONE, NOW)
    assert [q.code for q in result.q] == ["unknown_place"]
    assert (visit(rid).code, visit(rid).state) == ("unknown_place", "ended")
    assert (count()["visits"], count()["quarantined"]) == (0, 1)


def test_what_its_author_puts_right_counts_though_its_first_words_stay_in_quarantine(centre, alice):
    rid = alice.visit(place="NYTT")
    alice.amend(rid, alice.digest_of(rid), visit_body(place="OCKSÅ OKÄNT"))
    push(alice)
    assert visit(rid).code == "unknown_place"
    alice.amend(rid, alice.digest_of(rid), visit_body(place="SOL"))
    push(alice, first=4)
    assert (visit(rid).code, visit(rid).place) == (None, "SOL")
    assert (count()["visits"], count()["quarantined"]) == (1, 2)
    assert verify() == []


def test_a_quarantined_leave_ends_nothing(centre, alice):
    rid = alice.visit()
    alice.leave(rid, note="Ring 19811228-9874")
    push(alice)
    assert visit(rid).state == "running"
    assert count()["quarantined"] == 1


def test_new_knowledge_lets_out_what_it_explains(centre, alice):
    rid, other = alice.visit(place="NYTT"), alice.visit(place="OKÄNT")
    alice.leave(rid)
    push(alice)
    with writing() as session:
        session.add(
            Place(code="NYTT", name="Nytt", kind="park", lat=1, lon=1, radius_m=9, updated_at=NOW)
        )
    projection.rejudge()
    assert (visit(rid).code, visit(other).code) == (None, "unknown_place")
    assert (count()["visits"], count()["quarantined"]) == (1, 1)
    assert [q.seq for q in logs.results([alice.log], PHONE)[0].q] == [3]
    assert verify() == []


def test_new_knowledge_of_a_follower_changes_its_visit(centre, alice):
    rid = alice.visit()
    push(alice, PHONE_2)
    alice.write("leave", leave_body(rid), by=BOB.id)
    push(alice, PHONE_2, first=3)
    assert visit(rid).state == "running"
    with writing() as session:
        session.add(DeviceAccount(device=PHONE_2.id, account=BOB.id))
    projection.rejudge()
    assert (visit(rid).state, count()["quarantined"]) == ("ended", 0)


def test_what_a_supervisor_releases_counts_and_is_not_told_of_again(centre, alice):
    rid = alice.visit(place="NYTT")
    push(alice)
    release(alice, 2, rid)
    assert visit(rid).code is None
    assert (count()["visits"], count()["quarantined"]) == (1, 0)
    assert logs.results([alice.log], PHONE)[0].q == ()
    projection.rejudge()
    assert count()["visits"] == 1


def test_bytes_without_a_rid_can_be_released_too(centre, alice):
    alice.put(b"no json")
    push(alice)
    release(alice, 2, None)
    assert count()["quarantined"] == 0


def test_a_release_from_a_phone_releases_nothing(centre, alice):
    rid = alice.visit(place="NYTT")
    body = {
        "ref": rid,
        "log": alice.log,
        "seq": 2,
        "sha256": alice.digest_of(rid).hex(),
        "why": "x",
    }
    alice.write("release", body)
    push(alice)
    assert visit(rid).code == "unknown_place"
    assert count()["quarantined"] == 2


def test_a_rebuild_forgets_no_release_and_no_review(centre, alice):
    rid, seen = alice.visit(place="NYTT"), alice.event()
    alice.put(b"no json")
    push(alice)
    release(alice, 2, rid)
    release(alice, 4, None)
    logs.write("review", {"ref": seen, "state": "reviewed", "why": None}, SARA)
    assert event(seen).review == "reviewed"
    before = everything()
    projection.rebuild()
    assert everything() == before


def test_a_revoked_phones_later_entries_are_quarantined_and_its_earlier_are_not(centre, alice):
    before = alice.visit()
    push(alice)
    with writing() as session:
        session.get(Device, PHONE.id).revoked_at = NOW + timedelta(hours=1)
    after = alice.visit()
    logs.accept(alice.section(first=3), PHONE, NOW + timedelta(hours=2))
    assert (visit(before).code, visit(after).code) == (None, "revoked")
    projection.rebuild()
    assert (visit(before).code, visit(after).code) == (None, "revoked")
