"""What Sara does with a record stands in its history, survives a rebuild, and stays hers."""

import re
from uuid import uuid4

import pytest
import sqlalchemy as sa

from fieldlog.demo import bodies
from fieldlog.store import projection, returned
from fieldlog.store.database import reading
from fieldlog.store.tables import Audit, Entry, Event, Visit
from tests.review.scene import SAID
from tests.review.test_log import text
from tests.support.cast import PASSWORD


def post(client, path: str, **form):
    token = re.search(r'csrf_token" value="([^"]+)"', client.get("/log").text)[1]
    return client.post(path, data={"csrf_token": token, **form})


def event_row(rid: str):
    wanted = sa.select(Event.__table__).where(Event.rid == bytes.fromhex(rid))
    return reading().execute(wanted).one()


def told() -> list[tuple]:
    """What the audit log says of acts, not of reads."""
    acts = sa.select(Audit.what, Audit.subject, Audit.detail).order_by(Audit.seq)
    return [tuple(row) for row in reading().execute(acts) if not row.what.endswith(".read")]


@pytest.fixture
def event(evening):
    """Alice's, about a fight."""
    return evening.rid("event")


@pytest.fixture
def double(evening):
    """Charlie's, of the same evening and place."""
    phone, at = evening.phones["charlie"], evening.start
    seen = bodies.event("VAL.brak", at, place="HAG", note="Vi var också där")
    rid = phone.write("event", seen, at)
    phone.push()
    return rid.replace("-", "")


def test_reviewed_then_in_the_picture(sara, event):
    for state, said, button in (
        ("reviewed", "granskad", "Till lägesbilden"),
        ("in_picture", "i lägesbilden", "Lägg åt sidan"),
    ):
        answer = post(sara, f"/records/{event}/review", state=state)
        assert answer.status_code == 303
        page = sara.get(answer.location).text
        assert f"Noterat: {said}" in page
        assert button in page
        assert "Sara Sjölund" in text(page)
        assert event_row(event).review == state
    assert told()[-1] == ("record.review", event, {"state": "in_picture"})


def test_one_thing_is_lit(sara, event):
    for do in ("", "?do=merge", "?do=return", "?do=set_aside", "?do=share", "?do=comment"):
        page = sara.get(f"/records/{event}{do}").text
        assert len(re.findall('class="btn first"', page)) <= 1, do
    assert 'class="btn first"' in sara.get(f"/records/{event}").text


def test_set_aside_wants_a_reason_without_a_personal_number(sara, event):
    for why, said in (("", 'class="need"'), ("Se 19900101-0017", "personnummer")):
        answer = post(sara, f"/records/{event}/review", state="set_aside", why=why)
        assert answer.status_code == 422
        assert said in answer.text
    assert event_row(event).review == "new"
    assert (
        post(sara, f"/records/{event}/review", state="set_aside", why="Övning.").status_code == 303
    )
    page = sara.get(f"/records/{event}").text
    assert "Övning." in page
    assert event_row(event).review == "set_aside"
    assert "Övning" not in repr(told())


def test_a_question_comes_to_its_author(sara, cast, event):
    assert post(sara, f"/records/{event}/return", text="Var det före tåget?").status_code == 303
    (asked,) = returned.standing()
    assert (asked.rid.replace("-", ""), asked.to) == (event, (cast.alice.id,))
    assert event_row(event).review == "returned"
    assert "Var det före tåget?" in sara.get(f"/records/{event}").text


def test_a_comment_stands_in_the_history(sara, event):
    post(sara, f"/records/{event}/comment", text="Skolan är underrättad.")
    assert "Skolan är underrättad." in sara.get(f"/records/{event}").text


def test_what_is_shared_is_seen_without_note_author_point_and_past(
    sara, visitor, cast, evening, event
):
    charlie = visitor(cast.charlie)
    assert charlie.get(f"/records/{event}").status_code == 404
    assert event not in charlie.get("/log").text
    wants = {"to": "kommunen", "why": "Gemensam insats på fredag."}
    assert post(sara, f"/records/{event}/share", **wants).status_code == 303
    page = charlie.get(f"/records/{event}").text
    assert "Häggviks station" in page
    for hidden in (SAID[:12], "Alice", "Gemensam insats", "Historia", "59."):
        assert hidden not in page, hidden
    assert event in charlie.get("/log").text
    assert event in charlie.get("/log?org=polisen").text
    assert event not in charlie.get("/log?org=kommunen").text
    assert "delad med Sollentuna kommun" in text(sara.get(f"/records/{event}").text)
    boss = "/records/" + event
    assert charlie.get(f"{boss}/photos/{'0' * 64}").status_code == 404
    assert post(charlie, f"{boss}/review", state="reviewed").status_code == 404
    seen = sa.select(Audit.account, Audit.owner, Audit.detail).where(Audit.what == "record.read")
    assert tuple(reading().execute(seen).first()) == (cast.charlie.id, "polisen", {"shared": True})


def test_doubles_are_merged_with_a_password_and_both_are_kept(
    sara, visitor, cast, evening, event, double
):
    assert "ingen annan post" in sara.get(f"/records/{event}?do=merge").text
    post(visitor(cast.charlie), f"/records/{double}/share", to="polisen", why="Samma bråk.")
    assert double in sara.get(f"/records/{event}?do=merge").text
    wrong = post(sara, f"/records/{event}/merge", into=double, password="fel")
    assert wrong.status_code == 422
    assert "Fel lösenord" in wrong.text
    before = reading().scalar(sa.select(sa.func.count(Entry.id)))
    done = post(sara, f"/records/{event}/merge", into=double, password=PASSWORD)
    assert done.status_code == 303
    assert reading().scalar(sa.select(sa.func.count(Entry.id))) == before + 1
    assert event_row(event).merged_into.hex() == double
    assert "Dubblett av" in sara.get(f"/records/{event}").text
    assert "2 källor" in sara.get("/log").text
    assert "dubblett" in sara.get("/log").text
    assert told()[-1] == ("record.merge", event, {"into": double})


def test_a_merge_is_undone_with_a_reason_and_the_history_keeps_both(
    sara, visitor, cast, event, double
):
    charlie = visitor(cast.charlie)
    post(charlie, f"/records/{double}/share", to="polisen", why="Samma bråk.")
    post(sara, f"/records/{event}/merge", into=double, password=PASSWORD)
    assert f"/records/{event}?do=unmerge" in sara.get(f"/records/{event}").text
    assert post(sara, f"/records/{event}/merge/undo", why=" ").status_code == 422
    assert event_row(event).merged_into is not None
    done = post(sara, f"/records/{event}/merge/undo", why="Det var två bråk.")
    assert "Den står för sig själv igen" in sara.get(done.location).text
    assert event_row(event).merged_into is None
    history = text(sara.get(f"/records/{event}").text.split("<h2>Historia")[1])
    assert history.index("Inte längre sammanslagen") < history.index("Sammanslagen Sara")
    assert "Det var två bråk." in history
    assert "Dubblett av" not in sara.get(f"/records/{event}").text
    assert "dubblett" not in sara.get("/log").text
    assert told()[-1] == ("record.merge", event, {"into": None})
    assert post(sara, f"/records/{event}/merge/undo", why="Igen.").status_code == 404


def test_a_merge_can_be_undone_though_the_other_is_shown_no_longer(
    sara, visitor, cast, event, double
):
    charlie = visitor(cast.charlie)
    post(charlie, f"/records/{double}/share", to="polisen", why="Samma bråk.")
    post(sara, f"/records/{event}/merge", into=double, password=PASSWORD)
    post(charlie, f"/records/{double}/share/undo", to="polisen", why="Delad av misstag.")
    page = sara.get(f"/records/{event}").text
    assert "en post som dess organisation inte längre visar" in page
    assert double not in page
    assert post(sara, f"/records/{event}/merge/undo", why="Osäkert.").status_code == 303


def test_what_is_no_longer_shared_is_not_there_for_the_other(sara, visitor, cast, event):
    charlie = visitor(cast.charlie)
    post(sara, f"/records/{event}/share", to="kommunen", why="Gemensam insats.")
    post(sara, f"/records/{event}/share", to="bolaget", why="Deras gård.")
    assert charlie.get(f"/records/{event}").status_code == 200
    for to in ("polisen", "x", ""):
        assert post(sara, f"/records/{event}/share/undo", to=to, why="Klart.").status_code == 422
    done = post(sara, f"/records/{event}/share/undo", to="kommunen", why="Insatsen är över.")
    assert "Delas inte längre med Sollentuna kommun" in sara.get(done.location).text
    assert charlie.get(f"/records/{event}").status_code == 404
    assert event not in charlie.get("/log").text
    assert event_row(event).shared == " bolaget "
    page = sara.get(f"/records/{event}").text
    assert "delad med Bostadsbolaget" in text(page)
    history = text(page.split("<h2>Historia")[1])
    assert history.index("Delas inte längre") < history.index("Delad")
    assert "Insatsen är över." in history
    assert ("record.share", event, {"with": "kommunen", "ends": True}) in told()


def test_a_password_just_given_is_not_asked_for_again(sara, visitor, cast, event, double):
    post(visitor(cast.charlie), f"/records/{double}/share", to="polisen", why="Samma bråk.")
    assert 'type="password"' in sara.get(f"/records/{event}?do=merge").text
    with sara.session_transaction() as session:
        from datetime import UTC, datetime

        session["sure_at"] = datetime.now(UTC).isoformat()
    assert 'type="password"' not in sara.get(f"/records/{event}?do=merge").text
    assert post(sara, f"/records/{event}/merge", into=double).status_code == 303


def test_only_what_was_offered_can_be_merged_into(sara, evening, event):
    for into in (event, evening.rid("theirs"), uuid4().hex, "x"):
        answer = post(sara, f"/records/{event}/merge", into=into, password=PASSWORD)
        assert answer.status_code == 422, into


def test_many_are_reviewed_at_once_and_what_is_not_ones_own_stops_all(sara, evening, event):
    mine = [event, evening.rid("standing")]
    answer = post(sara, "/log/review", rid=[*mine, evening.rid("theirs")], state="reviewed")
    assert answer.status_code == 404
    assert event_row(event).review == "new"
    answer = post(sara, "/log/review", rid=mine, state="reviewed", next="/log?review=new")
    assert answer.location == "/log?review=new"
    assert [event_row(rid).review for rid in mine] == ["reviewed"] * 2
    assert "2 poster: granskad" in sara.get("/log").text


def test_a_rebuild_gives_the_same_rows(sara, visitor, cast, evening, event, double):
    post(visitor(cast.charlie), f"/records/{double}/share", to="polisen", why="Samma bråk.")
    post(sara, f"/records/{event}/share", to="kommunen", why="Gemensam insats.")
    post(sara, f"/records/{event}/merge", into=double, password=PASSWORD)
    post(sara, f"/records/{event}/merge/undo", why="Nej.")
    post(sara, f"/records/{event}/merge", into=double, password=PASSWORD)
    post(sara, f"/records/{event}/share/undo", to="kommunen", why="Över.")
    post(sara, f"/records/{evening.rid('calm')}/review", state="in_picture")

    def rows():
        tables = (Visit.__table__, Event.__table__)
        return [
            tuple(row)
            for table in tables
            for row in reading().execute(sa.select(table).order_by(table.c.rid))
        ]

    before = rows()
    projection.rebuild(lambda _: None)
    assert rows() == before


@pytest.mark.parametrize(
    "act",
    ["review", "return", "merge", "share", "comment", "merge/undo", "share/undo"],
)
@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "adam", "kerstin", "axel"])
def test_nobody_else_does_anything_with_it(visitor, cast, evening, event, act, who):
    client = visitor(getattr(cast, who))
    token = re.search(r'csrf_token" value="([^"]+)"', client.get("/").text)
    form = {"csrf_token": token[1] if token else "", "state": "reviewed", "text": "x", "why": "x"}
    for rid in (event, uuid4().hex):
        answer = client.post(f"/records/{rid}/{act}", data=form)
        assert answer.status_code == (404 if who == "charlie" else 403)
    assert not [row for row in told() if row[0] != "refused"]
