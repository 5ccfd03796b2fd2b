"""The meeting: a frozen picture never changes, and a decision reaches the phones' list."""

import json
import re

import pytest
import sqlalchemy as sa

from fieldlog.store import bundles
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Picture
from fieldlog.store.weeks import decisions, pictures
from tests.review.test_week import page, rows, text
from tests.review.week_scene import event, visit


def send(client, path: str, **told):
    """Fill in the form of a page and send it, as a browser would."""
    client.get("/week")
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/week").text)[1]
    return client.post(path, data={"csrf_token": token, **told}, follow_redirects=True)


def freeze(client, past):
    answer = send(client, f"/week/{past.week}/freeze")
    assert "Fryst. Det som kommer in" in answer.text
    return answer


def decide(client, past, **told):
    said = {"focus": "Häggvik fredag kväll, till fots", "places-0-code": "HAG", **told}
    said = {"places-0-visits": "5", "places-0-when": "fre–lör 20–24"} | said
    return send(client, f"/week/{past.week}/decide", **said)


def figures(html: str) -> str:
    """All that the picture says, without what stands beside it."""
    return text(html.split("<h2>Data att lita på")[1].split("<h2>Beslut")[0])


def test_a_frozen_picture_stays_when_more_comes_in_and_says_so_beside_it(kerstin, past):
    before = figures(page(kerstin, past))
    freeze(kerstin, past)
    visit(past, "bob", "HAG", past.at(3, 20), 30)
    event(past, "bob", "VAL.brak", past.at(3, 20, 5), "HAG")
    event(past, "charlie", "SKA.klotter", past.at(3, 20, 5), "ROT")
    for one in past.phones.values():
        one.push()
    html = page(kerstin, past)
    assert figures(html) == before
    assert "+3 inkomna efter mötet" in text(html)
    said = text(html.split('id="late"')[1])
    assert "Häggviks station: 1 besök, 1 händelse; Rotebro station: 1 händelse. De ändrar" in said


def test_what_came_after_opens_from_its_number(visitor, cast, kerstin, past):
    freeze(kerstin, past)
    rid = visit(past, "bob", "HAG", past.at(3, 20), 30)
    visit(past, "bob", "HAG", past.at(3, 22), 30, kind="callout")  # counts in no week
    seen = event(past, "bob", "VAL.brak", past.at(3, 20, 5), "HAG")
    past.phones["bob"].push()
    sara = visitor(cast.sara)
    html = page(sara, past)
    assert '<a href="#late">+2</a> inkomna efter mötet' in html
    for words, record in (("1 besök", rid), ("1 händelse", seen)):
        listed = opened(sara, html.split('id="late"')[1], words)
        assert record.replace("-", "") in listed
        assert re.search(r"\b1 post\b", text(listed))
    theirs = page(kerstin, past).split('id="late"')[1]
    assert "30 patrullminuter · 1 post" in text(opened(kerstin, theirs, "1 besök"))
    assert ">1 händelse</a>" not in theirs, "who reads no records has no way to them"


def opened(client, html: str, words: str) -> str:
    """The page behind the first link that says so."""
    href = re.search(rf'<a href="([^"]+)">{words}</a>', html)[1]
    return client.get(href.replace("&amp;", "&")).text


def test_the_frozen_picture_is_shared_whole(visitor, cast, kerstin, past):
    charlie = visitor(cast.charlie)
    assert "Häggviks station" not in rows(page(charlie, past), "Händelser")
    freeze(kerstin, past)
    html = page(charlie, past)
    assert rows(html, "Händelser")["Häggviks station"].startswith("9 ")
    assert past.rids["lamp"].replace("-", "") not in html  # a figure, but no way to the record


def test_a_week_is_frozen_once(kerstin, past):
    freeze(kerstin, past)
    first = reading().get(Picture, str(past.week)).sha256
    visit(past, "bob", "HAG", past.at(3, 20), 30)
    past.phones["bob"].push()
    answer = send(kerstin, f"/week/{past.week}/freeze")
    assert "Veckan var redan fryst" in answer.text
    reading().rollback()
    assert reading().get(Picture, str(past.week)).sha256 == first


def test_a_picture_that_somebody_changed_is_not_shown(kerstin, past):
    freeze(kerstin, past)
    with writing() as session:
        body = session.get(Picture, str(past.week)).body.replace('"count":9', '"count":1')
        session.execute(sa.update(Picture).values(body=body))
    with pytest.raises(pictures.Damaged):
        pictures.figures(reading().get(Picture, str(past.week)))
    assert kerstin.get(f"/week/{past.week}").status_code == 500


def test_only_a_coordinator_freezes_and_decides(visitor, cast, past):
    sara = visitor(cast.sara)
    for deed in ("freeze", "decide"):
        assert send(sara, f"/week/{past.week}/{deed}").status_code == 403
    assert "Frys veckan" not in page(sara, past)
    assert pictures.of(str(past.week)) is None


def test_a_week_ahead_can_not_be_frozen(kerstin, past):
    assert send(kerstin, f"/week/{past.week + 2}/freeze").status_code == 404


def test_what_is_decided_is_the_phones_list_at_once(kerstin, past):
    json.loads(bundles.bundle("plan")[1])
    answer = decide(kerstin, past)
    assert "Häggvik fredag kväll, till fots" in answer.text
    assert "Häggviks station 5 besök fre–lör 20–24" in text(answer.text)
    told = json.loads(bundles.bundle("plan")[1])
    decided = told["decided"][str(past.week + 1)]
    assert decided["focus"] == "Häggvik fredag kväll, till fots"
    assert decided["places"] == [{"code": "HAG", "visits": 5, "when": "fre–lör 20–24"}]
    assert next(one for one in told["places"] if one["code"] == "HAG")["target"] == 5


def test_a_new_decision_holds_and_the_old_one_is_kept_with_who_and_when(cast, kerstin, past):
    decide(kerstin, past)
    answer = decide(kerstin, past, focus="Rotebro i stället")
    assert "Rotebro i stället" in answer.text
    assert "1 tidigare version finns kvar" in answer.text
    assert "av Kerstin Dahl" in answer.text
    reading().rollback()
    held = decisions.history(str(past.week + 1))
    assert [one.focus for one in held] == ["Rotebro i stället", "Häggvik fredag kväll, till fots"]
    assert {one.by for one in held} == {cast.kerstin.id}


def test_a_focus_of_two_lines_is_taken(kerstin, past):
    decide(kerstin, past, focus="Häggvik fredag\r\ntill fots")
    assert decisions.of(str(past.week + 1)).focus == "Häggvik fredag\r\ntill fots"


@pytest.mark.parametrize(
    "told",
    [
        {"focus": ""},
        {"focus": "Sök upp 19121212-1212"},
        {"focus": "x" * 281},
        {"places-0-visits": "0"},
        {"places-0-visits": "många"},
        {"places-0-when": "19121212-1212"},
        {"places-0-when": "fredag\u202e"},
    ],
)
def test_a_decision_that_is_not_whole_is_told_and_not_kept(kerstin, past, told):
    answer = decide(kerstin, past, **told)
    assert answer.status_code == 422
    assert 'class="need"' in answer.text.split("<h2>Beslut")[1]
    assert decisions.of(str(past.week + 1)) is None


def test_a_place_that_is_not_known_is_told_and_all_that_was_chosen_is_kept(kerstin, past):
    known = {"places-1-code": "ROT", "places-1-visits": "2", "places-1-when": "lördag"}
    answer = decide(kerstin, past, **{"places-0-code": "NOWHERE"}, **known)
    assert answer.status_code == 422
    assert "Inget sparades. Se det som är markerat." in answer.text
    assert "NOWHERE Det finns ingen sådan plats. Töm raden för att" in text(answer.text)
    for kept in ("till fots", 'value="5"', 'value="fre–lör 20–24"', 'value="2"', 'value="lördag"'):
        assert kept in answer.text
    assert decisions.of(str(past.week + 1)) is None


def test_an_unknown_place_that_nothing_is_asked_of_is_left_out(kerstin, past):
    nothing = {"places-0-visits": "", "places-0-when": " "}
    assert decide(kerstin, past, **{"places-0-code": "NOWHERE"}, **nothing).status_code == 200
    assert decisions.of(str(past.week + 1)).places == []
