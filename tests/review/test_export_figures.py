"""A week's figures as files: those of its page, to whom it shows them, frozen where it is."""

import csv
import re
from io import BytesIO, StringIO

import openpyxl
import sqlalchemy as sa
import time_machine

from fieldlog.store.database import writing
from fieldlog.store.tables import Device, Place
from tests.review.test_acts import post
from tests.review.test_decision import freeze
from tests.review.test_export_kinds import FORMULA
from tests.review.test_exports import told
from tests.review.test_week import page, rows
from tests.review.week_scene import event, visit
from tests.support.cast import PASSWORD


def export(client, past, kind: str, **form):
    """The answer to one of the buttons under *Ladda ner*."""
    return post(client, f"/week/{past.week}/figures", **{"kind": kind, "password": PASSWORD} | form)


def table(client, past, kind: str) -> dict[str, dict]:
    """The rows of a CSV by what their first cell says."""
    answer = export(client, past, kind)
    assert answer.status_code == 200, answer.text
    found = csv.DictReader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    return {next(iter(row.values())): row for row in list(found)[:-1]}


def closing(answer) -> str:
    return answer.data.decode().splitlines()[-1]


def test_the_promise_says_what_the_page_says_with_units_in_its_head(sara, past):
    row = table(sara, past, "promise")["Häggviks station"]
    assert "2 50 " in rows(page(sara, past), "Löftet")["Häggviks station"]
    assert (row["Besök"], row["Patrullminuter"], row["Platskod"]) == ("2", "50", "HAG")
    assert (row["Sollentuna kommun, besök"], row["Polisen Sollentuna, besök"]) == ("1", "2")
    assert row[f"{past.week.days[4]}, besök"] == "1"  # Friday's night
    assert row[f"{past.week.days[1]}, besök"] == ""  # nothing was promised, and nobody came
    assert int(row["Längsta glapp, minuter"]) > 24 * 60


def test_the_events_have_their_weeks_their_interval_and_their_verdict(sara, past):
    row = table(sara, past, "events")["Häggviks station"]
    assert (row["Händelser"], row["Väntat från"], row["Väntat till"]) == ("9", "0", "4")
    assert [row[f"{week}, händelser"] for week in past.week.before(13)] == ["1"] * 13
    assert row["Utslag"].startswith("över väntat, p < 0,0001")
    few = table(sara, past, "events")["Rotebro station"]
    assert (few["Händelser"], few["Väntat från"]) == ("1", "")
    assert few["Utslag"] == "för få händelser för slutsats"


def test_when_has_a_row_for_each_cell_whose_sum_is_the_weeks(sara, past):
    answer = export(sara, past, "when")
    cells = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))[:-1]
    assert len(cells) == 7 * 8
    assert sum(int(one["Händelser"]) for one in cells) == 10
    [friday] = [one for one in cells if int(one["Händelser"]) == 9]
    assert (friday["Dygn från 06"], friday["Timmar"]) == (str(past.week.days[4]), "21–00")


def test_hours_still_to_come_are_said_in_words(visitor, cast, past):
    with time_machine.travel(past.at(5, 12), tick=False):
        answer = export(visitor(cast.sara), past, "when")
    cells = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))[:-1]
    minutes = [one["Patrullminuter"] for one in cells[5 * 8 :]]
    assert minutes == ["0", "0", *["återstår"] * 14]


def test_trust_goes_along(sara, past):
    found = table(sara, past, "trust")
    assert (
        found["telefoner hörda sedan dess"]["Antal"],
        found["telefoner hörda sedan dess"]["Av"],
    ) == ("3", "6")
    assert (found["ifyllt i efterhand"]["Antal"], found["ifyllt i efterhand"]["Av"]) == ("1", "5")


def test_what_is_not_known_is_words_and_never_0(sara, past):
    with writing() as session:  # since before the week nothing was heard of who walks there
        session.execute(sa.update(Device).values(last_contact_at=None))
    row = table(sara, past, "events")["Rotebro station"]
    kept = table(sara, past, "promise")["Rotebro station"]
    assert (kept["Besök"], kept[f"{past.week.days[0]}, besök"]) == ("1", "ingen data ännu")
    assert kept["Längsta glapp, minuter"] == "ingen data ännu"
    assert row["Händelser"] == "1"


def test_an_xlsx_holds_every_table_with_numbers_as_numbers(kerstin, past):
    with writing() as session:
        session.execute(sa.update(Place).where(Place.code == "HAG").values(name=FORMULA))
    book = openpyxl.load_workbook(BytesIO(export(kerstin, past, "xlsx").data))
    assert book.sheetnames == ["Data att lita på", "Löftet", "Händelser", "När", "Om filen"]
    head, *lines = book["Löftet"].iter_rows(values_only=True)
    [row] = [dict(zip(head, line, strict=True)) for line in lines if line[1] == "HAG"]
    assert (row["Plats"], row["Besök"], row["Patrullminuter"]) == (FORMULA, 2, 50)
    assert FORMULA in {cell.value for cell in book["Händelser"]["A"] if cell.data_type == "s"}


def test_in_a_csv_a_formula_stays_text(sara, past):
    with writing() as session:
        session.execute(sa.update(Place).where(Place.code == "HAG").values(name=FORMULA))
    assert f"'{FORMULA}" in table(sara, past, "promise")


def test_a_frozen_week_goes_out_as_it_was_frozen(kerstin, past):
    before = table(kerstin, past, "promise"), table(kerstin, past, "events")
    assert "som de stod 20" in closing(export(kerstin, past, "promise"))
    freeze(kerstin, past)
    visit(past, "bob", "HAG", past.at(3, 20), 30)
    event(past, "bob", "VAL.brak", past.at(3, 20, 5), "HAG")
    past.phones["bob"].push()
    assert (table(kerstin, past, "promise"), table(kerstin, past, "events")) == before
    assert "fryst 20" in closing(export(kerstin, past, "promise"))


def test_a_live_file_has_the_events_that_its_reader_may_count(visitor, cast, kerstin, past):
    theirs = visitor(cast.charlie)
    assert "Häggviks station" not in table(theirs, past, "events")
    said = closing(export(theirs, past, "events"))
    assert said.endswith("Händelser och besökstimmar från: Sollentuna kommun.")
    assert table(kerstin, past, "events")["Rotebro station"]["Händelser"] == "2"


def test_it_asks_for_the_password_and_is_logged_by_whom_of_which_week(kerstin, cast, past):
    answer = export(kerstin, past, "promise", password="fel")
    assert answer.status_code == 303
    assert "Fel lösenord" in kerstin.get(answer.location).text
    assert told("figures.export") == []
    answer = export(kerstin, past, "promise")
    called = f"attachment; filename=fieldlog-vecka-{past.week}-loftet.csv"
    assert answer.headers["Content-Disposition"] == called
    [row] = told("figures.export")
    assert (row.account, row.subject) == (cast.kerstin.id, str(past.week))
    assert row.detail == {"as": "promise", "frozen": False}


def test_a_kind_that_there_is_none_of_is_refused_in_words(kerstin, past):
    answer = export(kerstin, past, "exe")
    assert "Välj vilken sorts fil" in kerstin.get(answer.location).text
    assert told("figures.export") == []


def test_the_week_page_offers_each_of_them(kerstin, past):
    html = page(kerstin, past)
    form = html.split(f'action="/week/{past.week}/figures"')[1].split("/calendar")[0]
    offered = re.findall(r'name="kind" value="(\w+)"', form)
    assert offered == ["xlsx", "trust", "promise", "events", "when"]
    for kind in offered:
        assert export(kerstin, past, kind).status_code == 200
