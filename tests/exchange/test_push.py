"""Pushing: what is answered, and that what was answered is there."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from fieldlog.access import limits
from fieldlog.config import Settings
from fieldlog.store import devices, identity
from fieldlog.store.database import db, reading
from fieldlog.store.tables import Device, Entry, Log
from sync import receipts
from sync.messages import Answer
from tests.exchange import building
from tests.support.cast import SECRET, gather, running

LOG = "00112233445566778899aabbccddeeff"


def visits(cast, *numbers, **changes) -> list[bytes]:
    return [building.visit(cast, number, **changes) for number in numbers]


def test_an_answer_tells_who_answers_and_what_is_kept(client, cast):
    payloads = visits(cast, 1, 2)
    answer = building.push(client, cast.alice, building.section(LOG, [], payloads))
    told = answer.json
    assert (told["store"], told["role"], told["inc"]) == ("centre", "centre", identity.get().inc)
    assert set(told["ref"]) == {"places", "categories", "plan", "conditions", "messages", "erased"}
    head = building.fold(building.genesis(LOG), 1, payloads)
    assert {key: told["logs"][0][key] for key in ("log", "r", "have", "hash", "q")} == {
        "log": LOG,
        "r": "ok",
        "have": 2,
        "hash": head.hex(),
        "q": [],
    }
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_centres_receipt_carries_its_signature(client, cast):
    body = building.section(LOG, [], visits(cast, 1))
    answer = Answer.from_json(building.push(client, cast.alice, body).data)
    result = answer.logs[0]
    up = result.up
    assert (up.r, up.have, up.hash, up.inc) == ("ok", result.have, result.hash, answer.inc)
    key, rest = identity.centre_key(), (up.hash, up.inc, up.at, up.sig)
    assert receipts.verify(key, LOG, 1, *rest)
    assert not receipts.verify(key, LOG, 2, *rest)


def test_payloads_are_kept_byte_for_byte(client, cast):
    odd = [visits(cast, 1)[0].replace(b'{"rid"', b'{ "rid"'), '{"note":"å 🚲"}'.encode()]
    building.push(client, cast.alice, building.section(LOG, [], odd))
    assert list(reading().scalars(select(Entry.payload).order_by(Entry.seq))) == odd


def test_results_stand_in_the_order_of_the_sections(client, cast):
    logs = ["0" * 31 + digit for digit in "312"]
    body = b"".join(
        building.section(log, [], visits(cast, number)) for number, log in enumerate(logs)
    )
    answer = building.push(client, cast.alice, body)
    assert [result["log"] for result in answer.json["logs"]] == logs


def test_an_empty_push_asks_for_nothing_and_gets_the_bundles(client, cast):
    answer = building.push(client, cast.alice, b"")
    assert answer.json["logs"] == []
    assert answer.json["ref"]


def test_every_quarantined_entry_of_the_log_is_told_again_each_time(client, cast):
    first = [b"not json", *visits(cast, 2)]
    building.push(client, cast.alice, building.section(LOG, [], first))
    answer = building.push(client, cast.alice, building.section(LOG, first, visits(cast, 3)))
    assert [each["seq"] for each in answer.json["logs"][0]["q"]] == [1]


def test_the_skew_of_each_push_is_stored_and_decides_nothing(client, cast):
    wrong = (datetime.now(UTC) + timedelta(days=365)).isoformat()
    body = building.section(LOG, [], visits(cast, 1), {"now": wrong, "unsent": 7})
    assert building.push(client, cast.alice, body).json["logs"][0]["r"] == "ok"
    log, device = (
        reading().scalar(select(Log)),
        reading().get(Device, cast.alice.device),
    )
    assert log.skew_s == device.skew_s == pytest.approx(365 * 86400, abs=60)
    assert (device.app, device.unsent) == ("1.0.0", 6)
    assert datetime.now(UTC) - device.last_contact_at < timedelta(minutes=1)


def test_a_push_of_one_section_commits_durably_once(app, client, cast, request):
    """The look-up of the token and the note of the contact must not wait for the disk too."""
    building.push(client, cast.alice, building.section(LOG, [], visits(cast, 1)))
    with counted_commits() as commits:
        building.push(client, cast.alice, building.section(LOG, visits(cast, 1), visits(cast, 2)))
    assert commits == [True, False], "one durable commit to accept, one lazy to project"


def test_a_revoked_phone_may_send_two_thousand_entries_a_day(client, cast):
    devices.revoke(cast.alice.device)
    full = [b'{"n":%d}' % number for number in range(1_990)]
    first = building.push(client, cast.alice, building.section(LOG, [], full))
    assert first.status_code == 200
    more = [b"{}"] * 11
    second = building.push(client, cast.alice, building.section(LOG, full, more))
    assert (second.status_code, second.json["error"]) == (429, "revoked_full")
    assert second.headers["Retry-After"] == "3600"
    third = building.push(client, cast.alice, building.section(LOG, full, more[:10]))
    assert third.json["logs"][0]["have"] == 2_000


def test_what_came_before_the_revocation_is_not_touched_by_it(client, cast):
    before = visits(cast, 1)
    building.push(client, cast.alice, building.section(LOG, [], before))
    devices.revoke(cast.alice.device)
    answer = building.push(client, cast.alice, building.section(LOG, before, visits(cast, 2)))
    assert {each["seq"]: each["code"] for each in answer.json["logs"][0]["q"]} == {2: "revoked"}


def test_too_many_pushes_are_asked_to_come_back_and_the_next_phone_is_not(new_sqlite):
    settings = Settings(secret_key=SECRET, database_url=new_sqlite(), push_rate=3)
    with running(settings) as app:
        cast, client = gather(), app.test_client()
        statuses = [building.push(client, cast.alice, b"").status_code for _ in range(4)]
        refused = building.push(client, cast.alice, b"")
        assert statuses == [200, 200, 200, 429]
        assert refused.json["error"] == "too_many"
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert refused.headers["Fieldlog-Proto"] == "1"
        assert building.push(client, cast.bob, b"").status_code == 200
    limits.limiter.reset()


def test_a_locked_database_says_come_back_and_keeps_nothing_half(new_sqlite):
    """SQLite: another connection holds the write lock for longer than we wait."""
    with running(Settings(secret_key=SECRET, database_url=new_sqlite())) as app:
        cast, client = gather(), app.test_client()
        db.session.remove()
        db.engine.dispose()
        impatient(db.engine)
        with db.engine.connect() as other:
            other.connection.execute("BEGIN IMMEDIATE")
            answer = building.push(client, cast.alice, building.section(LOG, [], visits(cast, 1)))
            other.connection.execute("ROLLBACK")
        assert (answer.status_code, answer.json["error"]) == (503, "busy")
        assert int(answer.headers["Retry-After"]) >= 1
        assert reading().scalar(select(func.count()).select_from(Entry)) == 0
        again = building.push(client, cast.alice, building.section(LOG, [], visits(cast, 1)))
        assert again.json["logs"][0]["have"] == 1


def test_a_fault_of_ours_is_a_500_that_names_itself_and_nothing_else(client, cast, monkeypatch):
    from fieldlog.store import logs

    def broken(*_args):
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(logs, "accept", broken)
    answer = building.push(client, cast.alice, building.section(LOG, [], visits(cast, 1)))
    assert (answer.status_code, answer.json["error"]) == (500, "internal")
    assert "secret" not in answer.get_data(as_text=True)
    assert answer.headers["Fieldlog-Proto"] == "1"


def test_a_message_is_in_the_language_of_the_asker(client, cast):
    swedish = building.push(client, cast.alice, b"x\n", **{"Accept-Language": "sv"}).json
    english = building.push(client, cast.alice, b"x\n", **{"Accept-Language": "en"}).json
    assert swedish["error"] == english["error"] == "framing"
    assert swedish["message"] != english["message"]


def test_the_answer_is_compact_json_that_the_other_end_reads(client, cast):
    answer = building.push(client, cast.alice, building.section(LOG, [], visits(cast, 1)))
    assert json.loads(answer.data) == json.loads(Answer.from_json(answer.data).to_json())


class counted_commits:
    """Which transactions were committed that wrote: True for each that waited for the disk."""

    def __enter__(self):
        import sqlalchemy as sa

        self.seen = []
        sa.event.listen(db.engine, "commit", self._note)
        return self.seen

    def __exit__(self, *_fault):
        import sqlalchemy as sa

        sa.event.remove(db.engine, "commit", self._note)

    def _note(self, connection):
        options = connection.get_execution_options()
        if options.get("fieldlog_write"):
            self.seen.append(options["fieldlog_durable"])


def impatient(engine) -> None:
    import sqlalchemy as sa

    @sa.event.listens_for(engine, "connect")
    def _wait_little(connection, _record):
        connection.execute("PRAGMA busy_timeout=50")
