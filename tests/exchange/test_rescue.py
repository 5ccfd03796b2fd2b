"""A rescue file brought here by anyone: what is in it arrives once, whoever carries it."""

import base64
import hashlib
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from fieldlog.store import devices, identity, rescues
from fieldlog.store.counts import count
from fieldlog.store.database import reading
from fieldlog.store.tables import Device, Entry, Rescue, Visit
from fieldlog.store.verify import verify
from sync import receipts, rescue
from sync.rescue import Part
from tests.contract.load import cases, load
from tests.exchange import building
from tests.support.rescued import sealed

LOG = "000102030405060708090a0b0c0d0e0f"
SPOILT = load("rescue")["spoilt"]


@pytest.fixture
def key(app) -> str:
    return identity.centre_key()


@pytest.fixture
def visits(cast) -> list[bytes]:
    return [building.visit(cast, number) for number in range(1, 4)]


def bring(client, who, file: bytes, **headers):
    kind = {"Content-Type": "application/octet-stream", **headers}
    return client.post("/sync/v1/rescue", data=file, headers={**who.bearer, **kind})


def test_a_colleague_brings_it_and_its_records_are_the_authors(client, cast, key, visits):
    file = sealed(cast.alice, key, building.section(LOG, [], visits))
    answer = bring(client, cast.bob, file)
    assert answer.status_code == 200
    assert answer.json["logs"] == [{"log": LOG, "r": "ok", "new": 3, "known": 0, "quarantined": 0}]
    kept = reading().scalars(sa.select(Entry.payload).order_by(Entry.seq)).all()
    assert kept == visits
    rows = reading().scalars(sa.select(Visit)).all()
    assert {(row.account, row.device, row.code) for row in rows} == {
        (cast.alice.id, cast.alice.device, None)
    }


def test_the_centre_signs_for_the_very_file(client, cast, key, visits):
    file = sealed(cast.alice, key, building.section(LOG, [], visits))
    told = bring(client, cast.bob, file).json
    digest = hashlib.sha256(file)
    assert (told["state"], told["sha256"]) == ("taken", digest.hexdigest())
    assert receipts.verify_taken(key, digest.digest(), **told["up"])


def test_twice_is_harmless_and_said(client, cast, key, visits):
    file = sealed(cast.alice, key, building.section(LOG, [], visits))
    bring(client, cast.bob, file)
    before = count()
    again = bring(client, cast.charlie, file)
    assert (again.status_code, again.json["logs"][0]["new"]) == (200, 0)
    assert again.json["logs"][0]["known"] == 3
    assert count() == before
    assert verify() == []


def test_the_phone_that_comes_back_goes_on_as_if_nothing_were(client, cast, key, visits):
    bring(client, cast.bob, sealed(cast.alice, key, building.section(LOG, [], visits)))
    assert reading().get(Device, cast.alice.device).last_contact_at is None
    more = building.visit(cast, 4)
    answer = building.push(client, cast.alice, building.section(LOG, visits, [more])).json
    assert (answer["logs"][0]["r"], answer["logs"][0]["have"]) == ("ok", 4)
    everything = sealed(cast.alice, key, building.section(LOG, [], [*visits, more]))
    assert bring(client, cast.bob, everything).json["logs"][0]["known"] == 4


def test_a_bad_record_goes_to_quarantine_and_holds_up_none_that_follow(client, cast, key, visits):
    bad = [visits[0], b"no record", building.visit(cast, 2, by=cast.charlie.id), visits[2]]
    answer = bring(client, cast.bob, sealed(cast.alice, key, building.section(LOG, [], bad)))
    assert answer.json["logs"] == [{"log": LOG, "r": "ok", "new": 4, "known": 0, "quarantined": 2}]
    counted = sa.select(sa.func.count()).select_from(Visit).where(Visit.code.is_(None))
    assert reading().scalar(counted) == 2


def test_what_a_revoked_phone_held_is_taken_into_quarantine(client, cast, key, visits):
    devices.revoke(cast.alice.device)
    answer = bring(
        client, cast.bob, sealed(cast.alice, key, building.section(LOG, [], visits))
    ).json
    assert answer["logs"][0]["quarantined"] == 3


def test_entries_beyond_a_gap_are_kept_beside_what_a_restored_centre_has(client, cast, key, visits):
    building.push(client, cast.alice, building.section(LOG, [], visits[:1]))
    late = building.section(LOG, visits[:2], visits[2:])
    told = bring(client, cast.bob, sealed(cast.alice, key, late)).json["logs"][0]
    assert (told["r"], told["new"]) == ("fork", 1)
    assert reading().scalar(sa.select(sa.func.count()).select_from(Visit)) == 2
    assert bring(client, cast.bob, sealed(cast.alice, key, late)).json["logs"][0]["new"] == 0


def test_many_logs_in_several_pushes_are_told_each(client, cast, key, visits):
    pushes = [
        building.section(f"{number:032x}", [], visits[:1])
        + building.section(f"{number + 9:032x}", [], visits[1:])
        for number in (1, 2)
    ]
    told = bring(client, cast.bob, sealed(cast.alice, key, *pushes)).json
    assert [(each["log"][-1], each["new"]) for each in told["logs"]] == [
        ("1", 1), ("a", 2), ("2", 1), ("b", 2),
    ]  # fmt: skip


class TestWhoseItIs:
    """Anyone can seal for a public key; only a phone's own token speaks for it."""

    def test_a_file_in_anothers_name_is_refused(self, client, cast, key, visits):
        push = building.section(LOG, [], visits)
        for token in (None, cast.charlie.token, "made up"):
            answer = bring(client, cast.charlie, sealed(cast.alice, key, push, token=token))
            assert (answer.status_code, answer.json["error"]) == (409, "rescue_unproven")
        assert count()["entries"] == 0
        assert reading().scalar(sa.select(sa.func.count()).select_from(Rescue)) == 0

    def test_whoever_runs_the_centre_can_answer_for_it(self, app, cast, key, visits):
        file = sealed(cast.alice, key, building.section(LOG, [], visits), token=None)
        told = rescues.take(file, "by hand", datetime.now(UTC), by_hand=True)
        assert told["logs"][0]["new"] == 3

    def test_another_phones_log_stays_its_own(self, client, cast, key, visits):
        building.push(client, cast.alice, building.section(LOG, [], visits[:1]))
        theirs = building.section(LOG, visits[:1], visits[1:])
        told = bring(client, cast.bob, sealed(cast.charlie, key, theirs)).json
        assert told["logs"] == [
            {"log": LOG, "r": "not_yours", "new": 0, "known": 0, "quarantined": 0}
        ]
        assert count()["entries"] == 1
        assert rescues.file(told["sha256"]) is not None, "what found no place stays in the file"

    def test_a_file_without_a_token_to_bear_it_is_nobodys(self, client, cast, key, visits):
        file = sealed(cast.alice, key, building.section(LOG, [], visits))
        headers = {"Content-Type": "application/octet-stream", "Fieldlog-Proto": "1"}
        answer = client.post("/sync/v1/rescue", data=file, headers=headers)
        assert (answer.status_code, answer.json["error"]) == (401, "no_token")
        devices.revoke(cast.bob.device)
        assert bring(client, cast.bob, file).status_code == 403


class TestWhatElseIsInside:
    def test_a_row_nobody_could_read_keeps_the_file(self, client, cast, key, visits):
        more = [Part("row", b"\0\xff", {"table": "entries", "key": "[4]"})]
        file = sealed(cast.alice, key, building.section(LOG, [], visits), more=more)
        told = bring(client, cast.bob, file).json
        assert (told["rows"], told["logs"][0]["new"]) == (1, 3)
        assert rescues.file(told["sha256"]) == file

    def test_what_a_later_app_put_in_keeps_the_file(self, client, cast, key, visits):
        more = [Part("voice", b"?"), Part("push", b"no push at all")]
        file = sealed(cast.alice, key, building.section(LOG, [], visits), more=more)
        told = bring(client, cast.bob, file).json
        assert (told["others"], told["logs"][0]["new"]) == (2, 3)
        assert rescues.file(told["sha256"]) == file

    def test_a_file_of_which_all_is_here_is_not_kept(self, client, cast, key, visits):
        told = bring(
            client, cast.bob, sealed(cast.alice, key, building.section(LOG, [], visits))
        ).json
        row = rescues.of(told["sha256"])
        assert (row.state, row.file, row.carrier) == ("taken", None, cast.bob.device)


class TestSpoilt:
    """Every fault has its own sentence, and what could be read is taken."""

    @pytest.mark.parametrize("case", cases(SPOILT))
    def test_each_is_told_apart(self, client, cast, key, case):
        answer = bring(client, cast.bob, base64.b64decode(case["file_base64"]))
        # The vectors are sealed for a test's centre: here they are for another one.
        expected = {"not_rescue": "not_rescue", "rescue_newer": "rescue_newer"}
        off_curve = "one-time key" in case["name"]
        wanted = expected.get(case["code"], "rescue_elsewhere")
        assert answer.json["error"] == ("rescue_elsewhere" if off_curve else wanted)
        assert answer.status_code in (400, 409)
        assert answer.json["message"]
        assert count()["entries"] == 0

    def test_a_cut_file_gives_what_stood_before_the_cut(self, client, cast, key, visits):
        big = [Part("photo", bytes(400_000), {"sha256": "00" * 32, "mime": "image/jpeg"})]
        file = sealed(cast.alice, key, building.section(LOG, [], visits), more=big)
        answer = bring(client, cast.bob, file[:-1000])
        assert (answer.status_code, answer.json["error"]) == (400, "rescue_cut")
        assert count()["entries"] == 3
        assert bring(client, cast.bob, file).json["logs"][0]["known"] == 3

    def test_a_changed_byte_is_found_where_it_is(self, client, cast, key, visits):
        big = [Part("photo", bytes(400_000), {"sha256": "00" * 32, "mime": "image/jpeg"})]
        file = bytearray(sealed(cast.alice, key, building.section(LOG, [], visits), more=big))
        file[-1] ^= 1
        answer = bring(client, cast.bob, bytes(file))
        assert (answer.status_code, answer.json["error"]) == (400, "rescue_damaged")
        assert count()["entries"] == 3

    def test_a_huge_file_is_refused_before_it_is_held(self, client, cast, monkeypatch):
        monkeypatch.setattr(rescue, "RESCUE_MAX", 100_000)
        answer = bring(client, cast.bob, bytes(100_001))
        assert (answer.status_code, answer.json["error"]) == (413, "too_large")

    def test_it_may_be_larger_than_a_form(self, client, cast, key, visits):
        big = [Part("photo", bytes(5_000_000), {"sha256": "00" * 32, "mime": "image/jpeg"})]
        file = sealed(cast.alice, key, building.section(LOG, [], visits), more=big)
        assert bring(client, cast.bob, file).status_code == 200

    def test_another_kind_of_body_is_not_read(self, client, cast):
        answer = bring(client, cast.bob, b"{}", **{"Content-Type": "application/json"})
        assert (answer.status_code, answer.json["error"]) == (415, "wrong_type")
