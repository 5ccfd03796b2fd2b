"""Who looked at what is written down, without a word of what was read, and shown to who may."""

import re
from uuid import uuid4

import pytest
import sqlalchemy as sa

from fieldlog.store import audit
from fieldlog.store.database import reading
from fieldlog.store.tables import Audit, Quarantine
from tests.review.scene import SAID
from tests.review.test_log import text
from tests.support.cast import PASSWORD, sign_in


def acts(*columns: str) -> list[tuple]:
    """What the log says, oldest first."""
    chosen = [getattr(Audit, name) for name in columns or ("what",)]
    rows = reading().execute(sa.select(*chosen).order_by(Audit.seq)).all()
    return [tuple(row) for row in rows]


def test_reading_a_record_is_written_with_who_and_whose(sara, cast, evening):
    sara.get(f"/records/{evening.rid('event')}")
    assert acts("what", "account", "role", "org", "subject", "owner", "author", "detail") == [
        ("record.read", cast.sara.id, "supervisor", "polisen", evening.rid("event"), "polisen",
         cast.alice.id, None)
    ]  # fmt: skip


def test_a_search_is_written_with_its_filters_and_never_with_what_one_typed(sara, evening):
    sara.get("/log?category=VAL&place=19121212-1212&day=2026-11-22&after=x&noise=1")
    sara.get("/log?category=VAL&place=19121212-1212&day=2026-11-22")
    sara.get("/log")
    assert acts("what", "detail") == [
        ("log.read", {"day": "2026-11-22", "place": "?", "category": "VAL"}),
        ("log.read", {}),
    ]


def test_a_week_that_was_read_is_called_by_its_name_and_opens_for_whom_it_may(sara, visitor, cast):
    sara.get("/week/2026-W47")
    opens = '<a href="/week/2026-W47">2026-W47</a>'
    assert opens in sara.get("/audit").text
    theirs = visitor(cast.axel).get("/audit").text
    assert opens not in theirs
    assert "2026-W47" in theirs


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", "Plats Häggviks station · Organisation Polisen Sollentuna · Läge konflikt"),
        ("en", "Place Häggviks station · Organisation Polisen Sollentuna · State conflict"),
    ],
)
def test_what_one_searched_for_is_told_in_the_readers_words(visitor, cast, evening, language, said):
    sara = visitor(cast.sara, language=language)
    sara.get("/log?place=HAG&org=polisen&state=conflict")
    assert said in text(sara.get("/audit").text)


def test_no_row_holds_a_note_or_a_position(sara, cast, evening):
    for path in ("/log", f"/records/{evening.rid('event')}", "/quarantine"):
        sara.get(path)
    said = repr(acts(*(column.name for column in Audit.__table__.c)))
    assert SAID[:12] not in said
    assert "59." not in said


def test_who_asks_for_what_is_not_theirs_is_written_as_refused(visitor, cast, evening):
    charlie = visitor(cast.charlie)
    assert charlie.get(f"/records/{evening.rid('event')}").status_code == 404
    assert charlie.get(f"/records/{uuid4().hex}").status_code == 404
    assert visitor(cast.alice).get("/log").status_code == 403
    assert acts("what", "account", "detail") == [
        ("refused", cast.charlie.id, {"verb": "record.read"}),
        ("refused", cast.charlie.id, {"verb": "record.read"}),
        ("refused", cast.alice.id, {"verb": "log.read"}),
    ]
    assert acts("subject")[0] == (evening.rid("event"),)


def test_signing_in_and_out_and_a_wrong_password_are_written(visitor, cast):
    guest = visitor()
    for password in ("fel", PASSWORD):
        token = re.search(r'csrf_token" value="([^"]+)"', guest.get("/login").text)[1]
        form = {"login": "sara", "password": password, "csrf_token": token}
        guest.post("/login", data=form)
    token = re.search(r'csrf_token" value="([^"]+)"', guest.get("/nights").text)[1]
    guest.post("/logout", data={"csrf_token": token})
    assert acts("what", "account") == [
        ("login.refused", cast.sara.id),
        ("login", cast.sara.id),
        ("logout", cast.sara.id),
    ]


def test_a_release_and_its_row_are_one(app, sara, evening, monkeypatch):
    """What could not be logged is not done."""

    def fail(*_args, **_more):
        raise sa.exc.OperationalError("", None, Exception("database is locked"))

    entry = reading().scalar(sa.select(Quarantine.entry_id))
    token = re.search(r'csrf_token" value="([^"]+)"', sara.get("/quarantine").text)[1]
    form = {"why": "Platsen är ny.", "csrf_token": token}
    monkeypatch.setattr(audit, "write", fail)
    assert sara.post(f"/quarantine/{entry}/release", data=form).status_code == 503
    assert reading().scalar(sa.select(Quarantine.released_at)) is None
    monkeypatch.undo()
    assert sara.post(f"/quarantine/{entry}/release", data=form).status_code == 303
    assert acts("what", "subject", "owner")[-1] == ("quarantine.release", str(entry), "polisen")


def test_what_could_not_be_logged_is_not_shown(sara, evening, monkeypatch):
    def fail(*_args, **_more):
        raise sa.exc.OperationalError("", None, Exception("database is locked"))

    monkeypatch.setattr(audit, "write", fail)
    answer = sara.get(f"/records/{evening.rid('event')}")
    assert answer.status_code == 503
    assert SAID[:12] not in answer.text


def test_enrolling_and_revoking_a_phone_are_written(app, visitor, cast):
    adam = visitor(cast.adam)
    token = re.search(r'csrf_token" value="([^"]+)"', adam.get("/devices/code").text)[1]
    adam.post("/devices/code", data={"account": cast.bob.id, "csrf_token": token})
    adam.post(f"/devices/{cast.bob.device}/revoke", data={"csrf_token": token})
    assert acts("what", "account", "subject", "owner") == [
        ("devices.enrol", cast.adam.id, cast.bob.id, None),
        ("devices.revoke", cast.adam.id, cast.bob.device, "polisen"),
    ]


def test_a_code_that_is_used_is_written_as_its_owners(app, client, cast):
    from fieldlog.store import devices

    code, _until = devices.make_code(cast.bob.id)
    sent = {"code": code, "name": "Ny telefon"}
    answer = client.post("/sync/v1/enrol", json=sent, headers={"Fieldlog-Proto": "1"})
    assert answer.status_code == 201
    assert acts("what", "account", "subject") == [
        ("devices.enrolled", cast.bob.id, answer.json["device"])
    ]


@pytest.fixture
def busy(visitor, cast, evening):
    """Sara has read Alice's record; Charlie has read one of the municipality's."""
    visitor(cast.sara).get(f"/records/{evening.rid('event')}")
    visitor(cast.charlie).get(f"/records/{evening.rid('theirs')}")
    visitor(cast.charlie).get("/log?place=ROT")
    return evening


def test_an_auditor_sees_all_and_can_open_no_record(visitor, cast, busy):
    page = visitor(cast.axel).get("/audit").text
    assert "Sara Sjölund" in page
    assert "Charlie Berg" in page
    assert "läste en post" in text(page)
    assert "/records/" not in page
    assert "place=ROT" not in page


def test_a_supervisor_sees_what_the_own_people_did_and_who_met_the_own_records(visitor, cast, busy):
    page = visitor(cast.sara).get("/audit").text
    assert "Sara Sjölund" in page
    assert "Charlie Berg" not in page
    assert f"/records/{busy.rid('event')}" in page
    theirs = visitor(cast.charlie).get("/audit").text
    assert "/log?place=ROT" in theirs
    assert "Alice" not in theirs


def test_each_kind_of_act_is_a_filter(visitor, cast, busy):
    page = visitor(cast.axel).get("/audit?what=log.read").text
    assert "Charlie Berg" in page
    assert "Sara Sjölund" not in page


def test_older_acts_are_a_page_further_on(visitor, cast, evening):
    for _ in range(101):
        audit.write(audit.Act("login", cast.sara.id, "supervisor", "polisen"))
    axel = visitor(cast.axel)
    first = axel.get("/audit").text
    older = re.search(r'href="(/audit\?before=\d+)" rel="next"', first)[1]
    assert "Inga äldre" in axel.get(older).text


def test_the_page_shows_the_head_that_verify_takes(visitor, cast, evening):
    page = visitor(cast.axel).get("/audit").text
    assert str(audit.head()) in page
    assert audit.faults([audit.head()]) == []


def test_a_field_worker_and_an_administrator_have_no_such_page(visitor, cast):
    for name in ("alice", "adam", "kerstin"):
        assert visitor(getattr(cast, name)).get("/audit").status_code == 403


def test_sign_in_helper_writes_nothing(app, cast):
    """What tests begin from."""
    sign_in(app.test_client(), cast.sara)
    assert acts() == []
