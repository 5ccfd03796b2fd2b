"""What is promised goes out as a file and comes in again, looked at first."""

import io
import json

import pytest

from fieldlog.store import versions
from fieldlog.store.promises import sheet
from tests.review.promise.conftest import hidden
from tests.review.test_week import text
from tests.store.agreed import PRESENCE

IMPORT = "/promise/import"


def look(client, told, name="promise.json"):
    """Choose a file; the page that says what it would change."""
    content = told if isinstance(told, str) else json.dumps(told)
    file = (io.BytesIO(content.encode()), name)
    return client.post(IMPORT, data=hidden(client.get(IMPORT).text) | {"file": file})


def bring(client, page):
    return client.post(IMPORT, data=hidden(page.text.partition("</main")[0]) | {"bring": "1"})


def changed(**said) -> dict:
    return {"commitments": [{"code": "kvallar", "since": "2026-11-16", **PRESENCE, **said}]}


def test_a_file_is_looked_at_before_it_changes_anything(kerstin):
    page = look(kerstin, changed(visits=5))
    assert "<del>3</del>" in page.text
    assert "<ins>5</ins>" in page.text
    assert len(versions.history("commitment", "kvallar")) == 1
    assert bring(kerstin, page).status_code == 303
    assert versions.history("commitment", "kvallar")[-1].body["visits"] == 5


def test_a_file_with_a_fault_can_not_be_brought_in(kerstin):
    page = look(kerstin, changed(owner=None, places=["NIX"]))
    assert "Det nämner något okänt: NIX." in page.text
    assert 'name="bring"' not in page.text
    kerstin.post(IMPORT, data=hidden(page.text) | {"bring": "1", "content": "{}"})
    assert len(versions.history("commitment", "kvallar")) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "Den är inget JSON-objekt."),
        ("[]", "Den är inget JSON-objekt."),
        ("nonsense", "Den är inget JSON-objekt."),
        ("{}", "Den har ingen av listorna sources, agreements,"),
        ('{"commitments": 7}', "commitments måste vara en lista av objekt."),
        ('{"sources": [], "visor": []}', "Den har en okänd lista: visor."),
        ("[" * 100_000, "Den är JSON men kan inte sparas:"),
        ('{"a":' + "9" * 5_000 + "}", "Den är JSON men kan inte sparas:"),
        ('{"commitments": [{"code": "\\ud800"}]}', "Den är JSON men kan inte sparas:"),
    ],
    ids=lambda said: said[:12],
)
def test_what_is_no_such_file_is_said_to_be_none_in_the_readers_words(kerstin, content, why):
    page = look(kerstin, content)
    assert page.status_code == 422
    assert f"Filen kan inte läsas. {why}" in text(page.text)


@pytest.mark.parametrize("code", [None, 7, ["kvallar"], {}])
def test_a_code_that_is_no_text_is_told_of(kerstin, code):
    page = look(kerstin, changed(code=code))
    assert page.status_code == 200
    assert 'name="bring"' not in page.text


def test_what_goes_out_comes_in_unchanged(kerstin):
    told = kerstin.get("/promise/export.json").text
    assert "Filen säger det som redan står." in look(kerstin, told).text


@pytest.mark.parametrize("kind", ["commitment", "source"])
def test_a_table_goes_out_and_comes_in_unchanged(kerstin, kind):
    answer = kerstin.get(f"/promise/{kind}.csv")
    assert answer.text.startswith("\ufeffcode;state;since;")
    assert "Filen säger det som redan står." in look(kerstin, answer.text, "x.csv").text


def test_a_table_edited_in_a_spreadsheet_changes_what_was_edited(kerstin):
    table = kerstin.get("/promise/commitment.csv").text.replace("2026-01-01;", "2026-11-16;", 1)
    page = look(kerstin, table.replace(";3;15;", ";6;15;"), "x.csv")
    assert "<ins>6</ins>" in page.text


def test_a_cell_that_would_be_a_formula_is_text_and_comes_back_as_it_was(kerstin):
    told = {"sources": [{"code": "farlig", "title": "=HYPERLINK(1)", "form": "walk"}]}
    assert bring(kerstin, look(kerstin, told)).status_code == 303
    table = kerstin.get("/promise/source.csv").text
    assert "'=HYPERLINK(1)" in table
    assert sheet.read(table)["sources"][1]["title"] == "=HYPERLINK(1)"


def test_a_table_with_cells_that_mean_nothing_is_told_of(kerstin):
    table = "code;title;form;owner;visits;windows\nx;Y;presence;polisen;många;alltid\n"
    page = look(kerstin, table, "x.csv")
    assert "Så kan det inte vara:" in page.text


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("a;b\n1;2\n", "Den har kolumner som varken åtaganden eller källor har: a, b."),
        ("a;code\n1;2\n", "Den har kolumner som varken åtaganden eller källor har: a."),
        ("code;visits\nx;2\n", "Kolumnerna är varken åtagandens eller källors; båda har code"),
    ],
)
def test_a_table_of_something_else_is_refused(kerstin, table, why):
    page = look(kerstin, table, "x.csv")
    assert page.status_code == 422
    assert f"Filen kan inte läsas. {why}" in text(page.text)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"title": "Kvällar\u202e"}, "Rubrik. Det står ett tecken i texten som inte syns."),
        ({"text": "Ring 19121212-1212"}, "Text. Det står ett personnummer i texten."),
    ],
)
def test_what_is_wrong_with_a_text_is_told(kerstin, said, words):
    page = look(kerstin, changed(**said))
    assert f"Så kan det inte vara: {words}" in text(page.text)
    assert 'name="bring"' not in page.text


def test_exports_are_in_the_audit_log(kerstin):
    from fieldlog.store.audit import listed

    kerstin.get("/promise/export.json")
    (act,) = listed.page(None, what="promise.export", before=None, limit=9)
    assert act.detail == {"file": "promise.json"}
