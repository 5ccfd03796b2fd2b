"""The log as a file: whose records, which columns, what may never act in a spreadsheet."""

import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import sqlalchemy as sa
import time_machine

from fieldlog.demo import bodies
from fieldlog.review.exports import csvfile, page
from fieldlog.store import listing
from fieldlog.store.database import db, reading, writing
from fieldlog.store.tables import Audit, Place, Visit
from tests.review.test_acts import post
from tests.support.cast import PASSWORD


def export(client, kind: str, asked: str = "", **form):
    """The answer to the form on the log page, with all that the page puts in it."""
    page = client.get(f"/log?{asked}").text
    token = re.search(r'csrf_token" value="([^"]+)"', page)[1]
    sent = {"csrf_token": token, "kind": kind, "password": PASSWORD} | form
    return client.post(f"/log/export?{asked}", data=sent)


def lines(answer) -> list[dict]:
    """The records of a CSV; its closing line is found by `closing`."""
    assert answer.status_code == 200, answer.text
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))[:-1]


def closing(answer) -> str:
    return answer.data.decode().splitlines()[-1]


def shown(client, asked: str = "") -> list[str]:
    """The records that the log page lists under the same filters."""
    return re.findall(r'href="/records/(\w{32})"', client.get(f"/log?{asked}").text)


def told(what: str) -> list:
    return reading().execute(sa.select(Audit).where(Audit.what == what)).scalars().all()


@pytest.mark.parametrize(
    "asked",
    ["", "place=HAG", "category=visit", "category=VAL", "state=withdrawn", "quarantine=1"],
)
def test_a_file_holds_what_the_page_shows_in_its_order(sara, evening, asked):
    assert [one["Post"] for one in lines(export(sara, "csv", asked))] == shown(sara, asked)


def test_each_supervisor_takes_out_the_own_records_only(visitor, cast, evening):
    police = {one["Post"] for one in lines(export(visitor(cast.sara), "csv"))}
    theirs = {one["Post"] for one in lines(export(visitor(cast.charlie), "csv"))}
    assert evening.rid("theirs") not in police
    assert theirs == {evening.rid("theirs")}
    assert lines(export(visitor(cast.sara), "csv", "org=kommunen")) == []


@pytest.mark.parametrize("who", ["alice", "bob", "adam", "kerstin", "axel"])
def test_nobody_else_takes_records_out(visitor, cast, evening, who):
    client = visitor(getattr(cast, who))
    token = re.search(r'csrf_token" value="([^"]+)"', client.get("/").text)[1]
    sent = {"csrf_token": token, "kind": "csv", "password": PASSWORD}
    assert client.post("/log/export", data=sent).status_code == 403
    assert told("log.export") == []


def test_a_shared_record_goes_out_without_its_point(visitor, cast, sara, evening):
    at = evening.start
    point = {"lat": 59.43, "lon": 17.94, "acc_m": 5}
    alice = evening.phones["alice"]
    rid = alice.write("event", bodies.event("VAL.brak", at, point=point), at).replace("-", "")
    alice.push()
    own = {one["Post"]: one for one in lines(export(sara, "csv"))}[rid]
    assert (own["Latitud"], own["Longitud"]) == ("59,43", "17,94")
    post(sara, f"/records/{rid}/share", to="kommunen", why="Samma kväll")
    charlie = visitor(cast.charlie)
    theirs = {one["Post"]: one for one in lines(export(charlie, "csv"))}[rid]
    assert theirs["Organisation"] == "Polisen Sollentuna"
    assert (theirs["Latitud"], theirs["Longitud"]) == ("", "")
    assert "59.43" not in charlie.get("/log").text


def test_a_row_says_in_words_what_the_record_is(sara, evening):
    by_record = {one["Post"]: one for one in lines(export(sara, "csv"))}
    calm, event = by_record[evening.rid("calm")], by_record[evening.rid("event")]
    assert (calm["Slag"], calm["Plats"], calm["Kommundel"], calm["Minuter"], calm["Personer"]) == (
        "Närvaro", "Häggviks station", "Häggvik", "14", "6–20",
    )  # fmt: skip
    assert (event["Kategori"], event["Vad"], event["Allvar"], event["Rättad"]) == (
        "Bråk, hot, våld", "hotfullt beteende", "2", "ja",
    )  # fmt: skip
    assert by_record[evening.rid("gone")]["Läge"] == "återtagen"
    assert by_record[evening.rid("lost")]["Karantän"] == "okänd plats"


def test_no_note_and_no_author_leaves_the_house(sara, cast, evening):
    said = export(sara, "csv").data.decode()
    assert "perrongen" not in said
    for member in (cast.alice, cast.bob):
        assert member.name not in said
        assert member.id not in said
        assert member.device not in said


def test_times_are_those_of_the_wall_and_of_utc(sara, cast, evening):
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the hour that comes twice
    alice = evening.phones["alice"]
    alice.write("visit", bodies.visit("NOR", at), at)
    alice.write("visit", bodies.visit("NOR", at + timedelta(hours=1)), at)
    alice.push()
    found = lines(export(sara, "csv", "place=NOR"))
    assert [(one["Tid"], one["Tid i UTC"]) for one in found] == [
        ("2026-10-25 02:30:00", "2026-10-25T01:30:00Z"),
        ("2026-10-25 02:30:00", "2026-10-25T00:30:00Z"),
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_formula_stays_text_wherever_it_comes_from(sara, evening, sign):
    formula = f'{sign}1+1|cmd;"å ä ö"'
    with writing() as session:
        session.execute(sa.update(Place).where(Place.code == "HAG").values(name=formula))
        session.execute(sa.update(Visit).where(Visit.place == "SOL").values(place=formula))
    cells = [one[name] for one in lines(export(sara, "csv")) for name in ("Plats", "Platskod")]
    assert f"'{formula}" in cells
    assert not [cell for cell in cells if cell.startswith(sign)]


def test_the_file_says_what_it_is_and_where_it_ends(sara, evening):
    answer = export(sara, "csv", "place=HAG")
    assert answer.data.startswith("\ufeffSlag;Tid;".encode())
    assert closing(answer).startswith("2 poster ur loggen, uttagna 20")
    assert "av Sara Sjölund, Polisen Sollentuna. Visade: Plats: Häggviks station." in closing(
        answer
    )
    name = answer.headers["Content-Disposition"]
    assert re.search(r"filename=fieldlog-logg-20\d\d-\d\d-\d\d-\d{4}-2-poster\.csv$", name)


def test_in_english_its_words_and_its_decimal_point_are_english(visitor, cast, evening):
    found = lines(export(visitor(cast.sara, "en"), "csv", "category=visit&place=HAG"))
    assert [(one["Kind"], one["Latitude"]) for one in found] == [("Presence", "59.444")]


def test_that_records_were_taken_out_is_logged_with_filters_and_number(sara, cast, evening):
    assert export(sara, "csv", "place=HAG").status_code == 200
    [row] = told("log.export")
    assert (row.account, row.detail) == (cast.sara.id, {"place": "HAG", "as": "csv", "records": 2})


def test_the_password_is_asked_for_and_nothing_leaves_without_it(sara, evening):
    for password, said in (("", "behövs innan"), ("fel lösenord", "Fel lösenord")):
        answer = export(sara, "csv", "place=HAG", password=password)
        assert answer.status_code == 422
        assert said in answer.text
        assert 'action="/log/export?place=HAG"' in answer.text
    assert told("log.export") == []


def test_a_password_given_a_moment_ago_is_not_asked_for_again(sara, evening):
    assert 'id="export-password"' in sara.get("/log").text
    assert export(sara, "csv").status_code == 200
    assert 'id="export-password"' not in sara.get("/log").text
    assert export(sara, "csv", password="").status_code == 200
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        assert export(sara, "csv", password="").status_code == 422


def test_more_than_may_leave_at_once_is_refused_in_words(sara, evening, monkeypatch):
    monkeypatch.setattr("fieldlog.review.exports.page.MOST", 3)
    answer = export(sara, "csv")
    assert answer.status_code == 422
    assert "fler än 3 poster" in answer.text
    assert export(sara, "csv", "place=HAG").status_code == 200


def test_a_kind_that_there_is_none_of_is_refused_in_words(sara, evening):
    answer = export(sara, "exe")
    assert answer.status_code == 422
    assert "Välj vilken sorts fil" in answer.text


def test_the_first_piece_leaves_before_the_last_record_is_read(sara, evening, monkeypatch):
    taken, every, all_of_them = [], listing.every, len(shown(sara))
    monkeypatch.setattr(listing, "every", lambda wanted: map(noted(taken), every(wanted)))
    monkeypatch.setattr(csvfile, "ROWS_A_PIECE", 1)
    monkeypatch.setattr(page, "PIECE", 1)
    answer = begun(sara)
    del taken[:all_of_them]  # of the whole file that gave the password
    next(iter(answer.response))
    answer.close()
    assert 0 < len(taken) < all_of_them
    assert db.engine.pool.checkedout() == 0, "a download broken off holds a connection"


def noted(taken: list):
    def note(record):
        taken.append(record)
        return record

    return note


def begun(client):
    """An answer whose body has not been read."""
    assert export(client, "csv").status_code == 200
    token = re.search(r'csrf_token" value="([^"]+)"', client.get("/log").text)[1]
    return client.post("/log/export", data={"csrf_token": token, "kind": "csv"}, buffered=False)
