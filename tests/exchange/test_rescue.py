"""A rescue file brought here by anyone: what is in it arrives once, whoever carries it."""

import base64
import hashlib
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from fieldlog.config import Settings
from fieldlog.store import devices, identity, rescues
from fieldlog.store.counts import count
from fieldlog.store.database import reading
from fieldlog.store.tables import Device, Entry, Log, Rescue, Visit
from fieldlog.store.verify import verify
from sync import receipts, rescue
from sync.rescue import Part
from tests.contract.load import cases, load
from tests.exchange import building
from tests.exchange.test_enrol import served
from tests.support.cast import SECRET, gather, running
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


class TestAtANode:
    """The node can't open it: it keeps it for good and hands it on."""

    @pytest.fixture
    def centre(self, new_sqlite):
        settings = Settings(secret_key=SECRET, database_url=new_sqlite(), name="centre")
        with running(settings) as app:
            yield app

    @pytest.fixture
    def cast(self, centre):
        return gather()

    @pytest.fixture
    def below(self, centre, cast, new_sqlite):
        """Starts the node: above a served centre, or one that nobody answers for."""

        def settings(url: str) -> Settings:
            with centre.app_context():
                _row, token = devices.add_node("node-a")
            return Settings(
                secret_key=SECRET,
                database_url=new_sqlite(),
                name="node-a",
                upstream=url,
                upstream_token=token,
            )

        return settings

    @pytest.fixture
    def file(self, centre, cast, visits):
        return sealed(cast.alice, identity.centre_key(), building.section(LOG, [], visits))

    def test_with_a_line_the_centres_own_answer_comes_back(self, centre, cast, below, file):
        key = identity.centre_key()
        with served(centre) as url, running(below(url)) as node:
            know(node, cast, key)
            answer = bring(node.test_client(), cast.bob, file)
            assert (answer.status_code, answer.json["state"]) == (200, "taken")
            assert answer.json["logs"][0]["new"] == 3
            assert receipts.verify_taken(key, hashlib.sha256(file).digest(), **answer.json["up"])
            assert rescues.of(answer.json["sha256"]).state == "taken"
            assert rescues.file(answer.json["sha256"]) == file, "held for the retention window"
        with centre.app_context():
            assert reading().scalar(sa.select(Log.device)) == cast.alice.device

    def test_without_a_line_it_is_on_disk_and_said_to_wait(self, centre, cast, below, file):
        key = identity.centre_key()
        with running(below("http://127.0.0.1:9")) as node:
            know(node, cast, key)
            answer = bring(node.test_client(), cast.bob, file)
            assert (answer.status_code, answer.json["state"], answer.json["up"]) == (
                202, "kept", None,
            )  # fmt: skip
            assert rescues.waiting() == [answer.json["sha256"]]
            assert rescues.file(answer.json["sha256"]) == file

    def test_what_the_centre_refuses_is_told_and_stays(self, centre, cast, below, visits):
        key = identity.centre_key()
        forged = sealed(cast.alice, key, building.section(LOG, [], visits), token="made up")
        with served(centre) as url, running(below(url)) as node:
            know(node, cast, key)
            answer = bring(node.test_client(), cast.bob, forged)
            assert (answer.status_code, answer.json["error"]) == (409, "rescue_unproven")
            row = rescues.of(hashlib.sha256(forged).hexdigest())
            assert (row.state, row.code, row.file) == ("refused", "rescue_unproven", forged)

    def test_what_is_no_rescue_file_or_anothers_is_not_kept(self, centre, cast, below):
        key = identity.centre_key()
        other = sealed(cast.alice, receipts.public_key(receipts.new_key()))
        with running(below("http://127.0.0.1:9")) as node:
            know(node, cast, key)
            client = node.test_client()
            for content, code in ((b"a cat", "not_rescue"), (other, "rescue_elsewhere")):
                assert bring(client, cast.bob, content).json["error"] == code
            assert rescues.held_bytes() == 0

    def test_a_later_version_is_kept_for_a_centre_that_may_know_it(self, cast, below, file):
        key = identity.centre_key()
        with running(below("http://127.0.0.1:9")) as node:
            know(node, cast, key)
            newer = file.replace(b"rescue/1", b"rescue/2", 1)
            assert bring(node.test_client(), cast.bob, newer).status_code == 202

    def test_a_full_node_says_so(self, cast, below, file, monkeypatch):
        monkeypatch.setattr("fieldlog.exchange.rescue.HELD_MAX", 1000)
        key = identity.centre_key()
        with running(below("http://127.0.0.1:9")) as node:
            know(node, cast, key)
            answer = bring(node.test_client(), cast.bob, file)
            assert (answer.status_code, answer.json["error"]) == (507, "full")


def know(node, cast, key: str) -> None:
    """Let the node know what its nights would have taught it: Bob's phone, and the centre's key."""
    from fieldlog.store.bundles import enrolled
    from fieldlog.store.devices import Enrolment

    bob = cast.bob
    enrolled.learn(Enrolment(bob.token, bob.device, bob.id, bob.org), "Bobs telefon")
    identity.learn_centre_key(key)
