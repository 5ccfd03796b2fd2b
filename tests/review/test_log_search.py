"""Searching notes from the log: what is found, by whom, and that no log is told the words."""

import re

import pytest
import sqlalchemy as sa

from fieldlog.store.database import reading
from fieldlog.store.tables import Audit
from tests.review.test_acts import post
from tests.review.test_exports import closing, export, lines, shown
from tests.review.test_log import text

FIGHT = "grupper perrong"  # how Alice's fight begins: see `scene.SAID`


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        (f"note={FIGHT}", True),
        ("note=TÅGET", True),
        ("note=tagetx", False),
        ("note=taget", False),
        ("note=lugnade+tåg&category=VAL", True),
        ("note=lugnade&category=visit", False),
        ("note=lugnade&place=HAG", True),
        ("note=lugnade&place=ROT", False),
        ("note=lugnade&district=Häggvik", True),
        ("note=lugnade&quarantine=1", False),
        ("note=inte fet", True),
        ("note=<b>", True),
    ],
)
def test_words_find_records_by_their_notes_beside_every_other_filter(sara, evening, asked, there):
    assert (evening.rid("event") in shown(sara, asked)) is there


def test_the_field_has_its_label_keeps_the_words_and_what_was_chosen(sara, evening):
    page = sara.get(f"/log?place=HAG&note={FIGHT}").text
    form = re.search(r'<form class="find".*?</form>', page, re.DOTALL)[0]
    assert '<label for="find-note">Sök i anteckningar</label>' in form
    assert f'id="find-note" name="note" value="{FIGHT}"' in form
    assert '<input type="hidden" name="place" value="HAG">' in form
    assert 'class="on" href="/log?place=HAG"' in page
    assert "1 post" in text(page)


def test_signs_alone_look_for_nothing_and_too_much_is_refused(sara, evening):
    assert shown(sara, "note=…") == shown(sara)
    assert sara.get("/log?note=" + "a" * 101).status_code == 400


def test_what_was_shared_without_its_note_is_not_found_by_it(visitor, cast, sara, evening):
    rid = evening.rid("event")
    post(sara, f"/records/{rid}/share", to="kommunen", why="Samma kväll")
    charlie = visitor(cast.charlie)
    assert rid in shown(charlie)
    assert shown(charlie, f"note={FIGHT}") == []
    assert shown(charlie, f"note={FIGHT}&org=polisen") == []
    assert rid in shown(sara, f"note={FIGHT}")


def test_nothing_found_says_what_to_do(sara, evening):
    page = text(sara.get("/log?place=NOR&note=finnsinte").text)
    assert "Inte besökt" not in page
    assert "Ett ord hittar allt som börjar så" in page
    assert "Ta bort alla filter" in page


def test_a_file_holds_what_was_found(sara, evening):
    taken = export(sara, "csv", f"note={FIGHT}")
    assert [one["Post"] for one in lines(taken)] == [evening.rid("event")]
    assert f"I anteckningar: {FIGHT}" in closing(taken)


def test_no_log_is_told_the_words(sara, evening, capfd):
    sara.get("/log?note=perrongen&place=HAG")
    export(sara, "csv", "note=perrongen")
    told = reading().execute(sa.select(Audit.__table__)).all()
    details = [row.detail for row in told if row.what in ("log.read", "log.export")]
    assert {"place": "HAG", "note": "?"} in details
    assert "perrongen" not in repr(told)
    assert "perrongen" not in "".join(capfd.readouterr())
    page = sara.get("/audit").text
    assert '<a href="/log?place=HAG">' in page
