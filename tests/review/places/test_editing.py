"""Places are edited as versions: the phones follow, and what was written keeps the old name."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from fieldlog.demo import bodies
from fieldlog.store import bundles, place_versions
from fieldlog.store.audit import listed
from tests.review.promise.conftest import hidden, send
from tests.review.scene import prepare
from tests.review.test_week import text

EDIT = "/places/HAG/edit"
SAID = {
    "name": "Häggviks pendeltågsstation", "kind": "stationsområde", "district": "Häggvik",
    "position": "59.44410, 17.93250", "radius_m": "120", "active": "y",
}  # fmt: skip
NEW = {**SAID, "name": "Töjnaskolans gård", "code": "töj", "kind": "skolgård"}


@pytest.fixture
def kerstin(visitor, cast):
    """The coordinator's browser, in a store with Sollentuna's places."""
    prepare()
    return visitor(cast.kerstin)


def on_phones() -> dict[str, dict]:
    return {one["code"]: one for one in json.loads(bundles.bundle("places")[1])["places"]}


def fetched(client, cast) -> dict[str, dict]:
    """The places as Alice's phone gets them: told their hash by an answer, then asked for."""
    told = client.get("/sync/v1/status", headers=cast.alice.bearer).json["ref"]["places"]
    body = client.get(f"/sync/v1/ref/places/{told}", headers=cast.alice.bearer).json
    return {one["code"]: one for one in body["places"]}


def test_an_edited_place_reaches_the_phone_with_its_next_bundle(kerstin, app, cast):
    phone = app.test_client()
    assert fetched(phone, cast)["HAG"]["name"] == "Häggviks station"
    done = send(kerstin, EDIT, **SAID, why="Så heter den på kartan")
    assert done.status_code == 303
    assert "Sparat. Telefonerna får det" in kerstin.get(done.location).text
    found = fetched(phone, cast)["HAG"]
    assert (found["name"], found["radius_m"]) == ("Häggviks pendeltågsstation", 120)
    assert (found["lat"], found["lon"]) == (59.4441, 17.9325)


def test_every_edit_is_a_version_with_who_and_why(kerstin):
    send(kerstin, EDIT, **SAID, why="Så heter den på kartan")
    page = kerstin.get("/places/HAG").text
    assert "<del>Häggviks station</del>" in page
    assert "<ins>Häggviks pendeltågsstation</ins>" in page
    assert "Kerstin Dahl" in page
    assert "Så heter den på kartan" in page
    assert "som det var före första ändringen" in page


def test_a_record_shows_what_the_place_was_called_then(visitor, cast, past):
    sara, kerstin = visitor(cast.sara), visitor(cast.kerstin)
    rid = past.rids["lamp"].replace("-", "")
    assert send(kerstin, "/places/STI/edit", **SAID | {"name": "Stinsens torg"}).status_code == 303
    page = sara.get(f"/records/{rid}").text
    assert "<h1>Stinsen Häggvik</h1>" in page
    assert "Heter nu Stinsens torg" in text(page)
    assert "Stinsen Häggvik" in sara.get("/log?place=STI").text
    now = datetime.now(UTC) + timedelta(seconds=1)  # records say whole seconds
    later = past.phones["bob"].write("event", bodies.event("ORD.stoj", now, place="STI"), now)
    past.phones["bob"].push()
    assert "<h1>Stinsens torg</h1>" in sara.get(f"/records/{later.replace('-', '')}").text
    assert "Heter nu" not in sara.get(f"/records/{later.replace('-', '')}").text


def test_a_new_place_is_on_the_phones_and_frees_what_named_it_before(
    kerstin, evening, visitor, cast
):
    lost = evening.rid("lost")  # at SOL-217, which nobody knew
    assert "I karantän" in visitor(cast.sara).get(f"/records/{lost}").text
    answer = send(kerstin, "/places/new", **NEW | {"code": "sol-217"})
    assert answer.location == "/places/SOL-217"
    assert on_phones()["SOL-217"]["name"] == "Töjnaskolans gård"
    page = visitor(cast.sara).get(f"/records/{lost}").text
    assert "I karantän:" not in page
    assert "<h1>Töjnaskolans gård</h1>" in page


def test_a_place_out_of_use_leaves_the_phones_and_comes_back(kerstin):
    without = {name: said for name, said in SAID.items() if name != "active"}
    send(kerstin, EDIT, **without)
    assert "HAG" not in on_phones()
    assert "Ur bruk" in kerstin.get("/places/HAG").text
    assert "/places/HAG" not in kerstin.get("/places").text
    assert "/places/HAG" in kerstin.get("/places?show=retired").text
    send(kerstin, EDIT, **SAID)
    assert "HAG" in on_phones()
    assert len(place_versions.history("HAG")) == 3


@pytest.mark.parametrize(
    ("path", "said", "words"),
    [
        (EDIT, {"name": " "}, "Ge den ett namn."),
        (EDIT, {"name": "19900101-0017"}, "personnummer"),
        (EDIT, {"name": "Station\u202eBÄH"}, "tecken i texten som inte syns"),
        (EDIT, {"district": "Hägg\x1bvik"}, "tecken i texten som inte syns"),
        (EDIT, {"position": "17.9326, 59.444"}, "Latitud och longitud"),
        (EDIT, {"position": "här"}, "Latitud och longitud"),
        (EDIT, {"position": ""}, "Peka på kartan eller skriv det."),
        (EDIT, {"radius_m": "0"}, "Från 10 till 5 000."),
        (EDIT, {"radius_m": "brett"}, "giltig"),
        ("/places/new", {"code": "HAG"}, "koder lever för alltid"),
        ("/places/new", {"code": "a b"}, "Bokstäver, siffror och bindestreck"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(kerstin, path, said, words):
    answer = send(kerstin, path, **(NEW if "new" in path else SAID) | {"why": "Som skrivet"} | said)
    assert answer.status_code == 422
    assert words in text(answer.text)
    assert 'value="Som skrivet"' in answer.text
    assert on_phones()["HAG"]["name"] == "Häggviks station"


def test_two_who_edit_at_once_do_not_overwrite_each_other(kerstin):
    opened = hidden(kerstin.get(EDIT).text)
    send(kerstin, EDIT, **SAID)
    mine = opened | SAID | {"name": "Mitt namn"}
    answer = kerstin.post(EDIT, data=mine)
    assert answer.status_code == 422
    assert "Någon annan har ändrat" in answer.text
    assert 'value="Mitt namn"' in answer.text
    assert on_phones()["HAG"]["name"] == "Häggviks pendeltågsstation"


def test_saving_what_stands_makes_no_version(kerstin):
    send(kerstin, EDIT, **SAID)
    done = send(kerstin, EDIT, **SAID)
    assert "Inget hade ändrats." in kerstin.get(done.location).text
    assert len(place_versions.history("HAG")) == 2


@pytest.mark.parametrize("who", ["alice", "bob", "sara", "charlie", "adam", "axel"])
def test_only_the_coordinator_edits(visitor, cast, kerstin, who):
    client = visitor(getattr(cast, who))
    for path in (EDIT, "/places/new", "/places/NIX/edit"):
        assert client.get(path).status_code == 403
        assert send_blind(client, path).status_code == 403
    assert on_phones()["HAG"]["name"] == "Häggviks station"


def send_blind(client, path: str):
    token = re.search(r'csrf_token" value="([^"]+)"', client.get("/").text)
    return client.post(path, data=SAID | {"csrf_token": token[1] if token else ""})


def test_a_place_that_is_not_there_is_not_found(kerstin):
    assert kerstin.get("/places/NIX/edit").status_code == 404


def test_readers_are_not_offered_what_they_may_not_do(kerstin, visitor, cast):
    assert EDIT in kerstin.get("/places/HAG").text
    assert "/places/new" in kerstin.get("/places").text
    sara = visitor(cast.sara)
    assert EDIT not in sara.get("/places/HAG").text
    assert "/places/new" not in sara.get("/places").text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_forms_are_sound_in_both_languages(visitor, cast, kerstin, language):
    reader = visitor(cast.kerstin, language)
    send(kerstin, EDIT, **SAID)
    for path in ("/places/new", EDIT, "/places/HAG"):
        assert reader.get(path).status_code == 200


def test_an_edit_is_told_to_the_audit_log(kerstin):
    send(kerstin, EDIT, **SAID)
    (act,) = listed.page(None, what="places.edit", before=None, limit=9)
    assert act.detail == {"place": "HAG"}
