"""The page that brings a rescue file in: counts only, a sentence for every fault, and who may."""

import io
import json
import re

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from fieldlog.store import identity, rescues
from fieldlog.store.counts import count
from fieldlog.store.database import reading
from fieldlog.store.tables import Rescue, Visit
from sync import receipts
from sync.rescue import Part
from tests.exchange import building
from tests.review.test_log import text
from tests.support.rescued import sealed

LOG = "000102030405060708090a0b0c0d0e0f"
ROW = Part("row", b"\0\xff", {"table": "entries", "key": "[4]"})


@pytest.fixture
def file(cast):
    """Alice's, with three visits, one of them at a place that nobody knows."""
    visits = [building.visit(cast, number) for number in (1, 2)]
    lost = building.visit(cast, 3, body={"place": "NOWHERE"})
    push = building.section(LOG, [], [*visits, lost])
    return sealed(cast.alice, identity.centre_key(), push)


def bring(client, content: bytes, name: str = "fieldlog-1.rescue"):
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get("/rescue").text)[1]
    form = {"csrf_token": token, "file": FileStorage(io.BytesIO(content), name)}
    boundary, body = encode_multipart(form)
    return client.post(
        "/rescue", data=body, content_type=f'multipart/form-data; boundary="{boundary}"'
    )


def test_the_closing_table_tells_each_log(sara, cast, file):
    answer = bring(sara, file)
    assert answer.status_code == 303
    page = text(sara.get(answer.location).text)
    assert "Alice Åkessons telefon" in page
    assert "3 nya poster" in page
    assert "1 i karantän" in page
    assert "00010203" in page
    rows = reading().scalars(sa.select(Visit.account)).all()
    assert set(rows) == {cast.alice.id}
    assert rescues.recent()[0].carrier == cast.sara.id


def test_twice_says_that_all_is_here_already(sara, file):
    bring(sara, file)
    before = count()
    page = text(sara.get(bring(sara, file).location).text)
    assert "0 nya poster" in page
    assert "3 fanns redan" in page
    assert count() == before


def test_what_nobody_could_read_is_said_and_kept(sara, cast, file):
    odd = sealed(cast.alice, identity.centre_key(), more=[ROW])
    answer = bring(sara, odd)
    assert "1 rad som telefonen själv inte kunde läsa" in text(sara.get(answer.location).text)
    assert rescues.file(answer.location.rpartition("/")[2]) == odd


def test_every_fault_has_its_sentence_on_the_same_page(sara, cast, file):
    elsewhere = sealed(cast.alice, receipts.public_key(receipts.new_key()))
    forged = sealed(cast.alice, identity.centre_key(), token="made up")
    for content, status, said in (
        (b"a cat", 400, "Det här är ingen räddningsfil."),
        (file[:-5], 400, "Räddningsfilen tar slut för tidigt."),
        (file[:-1] + bytes([file[-1] ^ 1]), 400, "Räddningsfilen skadades på vägen."),
        (elsewhere, 409, "Räddningsfilen är förseglad för en annan central."),
        (forged, 409, "Räddningsfilen visar inte vilken telefon som gjorde den."),
    ):
        answer = bring(sara, content)
        assert answer.status_code == status, said
        assert said in text(answer.text)


def test_no_file_is_said_at_the_field(sara):
    answer = bring(sara, b"", name="")
    assert answer.status_code == 422
    assert "Välj filen som telefonen sparade." in text(answer.text)


def test_a_file_larger_than_a_form_is_taken_and_one_beyond_all_reason_is_not(sara, cast, file):
    photo = Part("photo", bytes(5_000_000), {"sha256": "00" * 32, "mime": "image/jpeg"})
    big = sealed(cast.alice, identity.centre_key(), more=[photo])
    assert bring(sara, big).status_code == 303
    assert bring(sara, bytes(33 * 1024 * 1024)).status_code == 413


def test_without_its_token_the_form_takes_nothing(sara, file):
    sara.get("/rescue")
    data = {"file": (io.BytesIO(file), "f.rescue")}
    assert sara.post("/rescue", data=data).status_code == 400
    assert reading().scalar(sa.select(sa.func.count()).select_from(Rescue)) == 0


def test_who_carries_anothers_file_sees_counts_and_not_whose_it_was(visitor, cast, file, sara):
    charlie = visitor(cast.charlie)
    page = text(charlie.get(bring(charlie, file).location).text)
    assert "3 nya poster" in page
    assert "Alice" not in page
    assert "Titta på det som står i karantän" not in page


def test_what_another_brought_from_anothers_phone_is_not_there(visitor, cast, file, sara):
    address = bring(sara, file).location
    assert visitor(cast.charlie).get(address).status_code == 404
    for wrong in ("/rescue/" + "0" * 64, "/rescue/x", "/rescue/" + "å" * 64):
        assert sara.get(wrong).status_code == 404


def test_supervisors_and_administrators_may_and_others_may_not(visitor, cast):
    assert visitor(cast.adam).get("/rescue").status_code == 200
    for member in (cast.alice, cast.kerstin, cast.axel):
        assert visitor(member).get("/rescue").status_code == 403


def test_the_programs_own_log_tells_who_brought_how_much_and_nothing_that_was_written(
    sara, cast, file, capfd
):
    bring(sara, file)
    (line,) = [each for each in capfd.readouterr().err.splitlines() if "rescue file" in each]
    told = json.loads(line)
    assert told["event"] == "a rescue file was taken"
    assert (told["carrier"], told["device"]) == (cast.sara.id, cast.alice.device)
    assert (told["entries"], told["known"], told["quarantined"]) == (3, 0, 1)
    assert set(told) <= {
        "event", "level", "at", "file", "carrier", "device", "entries", "known", "quarantined",
    }  # fmt: skip
