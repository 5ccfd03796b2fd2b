"""Places go out as GeoJSON and come in from GeoJSON or a table, looked at first."""

import io
import json

import pytest

from fieldlog.store import place_versions, places
from fieldlog.store.audit import listed
from tests.review.promise.conftest import hidden
from tests.review.scene import prepare
from tests.review.test_week import text

IMPORT = "/places/import"
FILE = "/places.geojson"


@pytest.fixture
def kerstin(visitor, cast):
    """The coordinator's browser, in a store with Sollentuna's places."""
    prepare()
    return visitor(cast.kerstin)


def look(client, told, name="places.geojson"):
    """Choose a file; the page that says what it would change."""
    content = told if isinstance(told, str) else json.dumps(told)
    file = (io.BytesIO(content.encode()), name)
    return client.post(IMPORT, data=hidden(client.get(IMPORT).text) | {"file": file})


def bring(client, page):
    return client.post(IMPORT, data=hidden(page.text.partition("</main")[0]) | {"bring": "1"})


def collection(*, lon=17.94, lat=59.45, **said) -> dict:
    point = {"type": "Point", "coordinates": [lon, lat]}
    feature = {"type": "Feature", "geometry": point, "properties": {"code": "TÖJ", **said}}
    return {"type": "FeatureCollection", "features": [feature]}


def names() -> dict[str, str]:
    return {one["code"]: one["name"] for one in places.listed()}


def test_a_file_is_looked_at_before_it_changes_anything(kerstin):
    told = json.loads(kerstin.get(FILE).text)
    station = next(one for one in told["features"] if one["id"] == "HAG")
    station["properties"]["name"] = "Häggviks pendel"
    told["features"] += collection(name="Töjnaskolan", kind="skolgård")["features"]
    page = look(kerstin, told)
    assert "<del>Häggviks station</del>" in page.text
    assert "<ins>Häggviks pendel</ins>" in page.text
    assert "1 ny · 1 ändrat" in text(page.text)
    assert names()["HAG"] == "Häggviks station"
    done = bring(kerstin, page)
    assert done.status_code == 303
    assert "2 platser inlästa" in kerstin.get(done.location).text
    assert (names()["HAG"], names()["TÖJ"]) == ("Häggviks pendel", "Töjnaskolan")
    assert [one.body["name"] for one in place_versions.history("HAG")] == [
        "Häggviks station", "Häggviks pendel",
    ]  # fmt: skip
    assert "SOC" in names()  # what the file does not name stays


def test_what_goes_out_comes_in_unchanged(kerstin):
    assert "Filen säger det som redan står." in look(kerstin, kerstin.get(FILE).text).text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": "X", "lon": 59.45, "lat": 17.94}, "Position"),
        ({"name": "X", "lon": 0, "lat": 0}, "Position"),
        ({"name": ""}, "Namn"),
        ({"name": "19900101-0017"}, "Namn"),
        ({"name": "X", "code": "töj skola"}, "Kod"),
        ({"name": "X", "radius_m": "bred"}, "Räckvidd i meter"),
        ({"name": "X", "lon": 10**400}, "Position"),
        ({"name": "X", "active": "kanske"}, "Används"),
    ],
)
def test_a_fault_is_told_of_and_nothing_can_be_brought_in(kerstin, said, words):
    before = names()
    page = look(kerstin, collection(**said))
    assert f"Så kan det inte vara: {words}." in text(page.text)
    assert 'name="bring"' not in page.text
    bring(kerstin, page)
    assert names() == before


@pytest.mark.parametrize(
    ("name", "shown", "words"),
    [
        ("Hägg\u202evik", "Hägg[U+202E]vik", "ett tecken i texten som inte syns."),
        ("19900101-0017", "19900101-0017", "ett personnummer i texten."),
    ],
)
def test_what_is_wrong_with_a_name_is_told(kerstin, name, shown, words):
    page = look(kerstin, collection(name=name))
    assert f"Plats: {shown} kan inte läsas in" in text(page.text)
    assert f"Så kan det inte vara: Namn. Det står {words}" in text(page.text)


def test_one_code_twice_is_a_fault(kerstin):
    twice = collection(name="Ett")
    twice["features"] *= 2
    assert "Så kan det inte vara: Kod." in text(look(kerstin, twice).text)


UNKEEPABLE = [
    "[" * 100_000, '{"features":' * 20_000, json.dumps(collection(name="half \ud800")),
    json.dumps(collection(name="a\0b")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "Kolumnerna är inte code, name, kind,"),
        ("[]", "Den är inget JSON-objekt."),
        ("{}", "Den är ingen GeoJSON FeatureCollection"),
        ("{nonsense", "Den är inget JSON-objekt."),
        ("a;b\n1;2\n", "Kolumnerna är inte code, name, kind,"),
        ("code;name\nX;Y\n", "Kolumnerna är inte code, name, kind,"),
        *[(content, "Den är JSON men kan inte sparas:") for content in UNKEEPABLE],
        ("code;name;lat;lon\nTÖJ;a\0b;59.45;17.94\n", "Den är ingen tabell: den innehåller en"),
        (f"code;name;lat;lon\nTÖJ;{'x' * 200_000};1;1\n", "Den är ingen tabell."),
    ],
    ids=lambda said: repr(said[:12]),
)
def test_what_is_no_such_file_is_said_to_be_none_in_the_readers_words(kerstin, content, why):
    page = look(kerstin, content)
    assert page.status_code == 422
    assert f"Filen kan inte läsas. {why}" in text(page.text)


def test_a_file_in_another_encoding_is_said_to_be_so_in_the_readers_words(kerstin):
    file = (io.BytesIO("code;name\nTÖJ;Töjnaskolan\n".encode("latin-1")), "platser.csv")
    page = kerstin.post(IMPORT, data=hidden(kerstin.get(IMPORT).text) | {"file": file})
    assert "Filen är ingen text i UTF-8. Spara den som en sådan" in page.text
    assert "codec" not in page.text


def test_who_was_overtaken_is_not_told_that_the_file_is_unreadable(kerstin, monkeypatch):
    page = look(kerstin, collection(name="Töjnaskolan"))

    def overtaken(*_, **__):
        raise place_versions.Taken

    monkeypatch.setattr(place_versions, "add", overtaken)
    said = bring(kerstin, page).text
    assert "Någon annan ändrade något under tiden." in said
    assert "kan inte läsas" not in said


def test_a_reach_of_thousands_of_digits_is_a_fault(kerstin):
    table = f"code;name;lat;lon;radius_m\nTÖJ;Töjna;59.45;17.94;{'9' * 5_000}\n"
    assert "Så kan det inte vara: Räckvidd i meter." in text(look(kerstin, table).text)


@pytest.mark.parametrize(
    "table",
    [
        "\ufeffcode;name;kind;district;lat;lon;radius_m;active\r\nTÖJ;Töjna;skolgård;;59,45;17,94;90;ja\r\n",
        "code,name,lat,lon,radius_m,kind\nTÖJ,Töjna,59.45,17.94,90,skolgård\n",
    ],
)
def test_a_table_of_a_spreadsheet_comes_in(kerstin, table):
    assert bring(kerstin, look(kerstin, table, "x.csv")).status_code == 303
    found = next(one for one in places.listed() if one["code"] == "TÖJ")
    assert (found["name"], found["lat"], found["lon"]) == ("Töjna", 59.45, 17.94)
    assert (found["kind"], found["radius_m"]) == ("skolgård", 90)


def test_a_place_is_taken_out_of_use_by_a_file(kerstin):
    table = "code;name;kind;district;lat;lon;radius_m;active\n"
    table += "HAG;Häggviks station;stationsområde;Häggvik;59,444;17,9326;150;nej\n"
    page = look(kerstin, table, "x.csv")
    assert text(page.text).count("Används ja nej") == 1
    bring(kerstin, page)
    assert "HAG" not in names()


@pytest.mark.parametrize("who", ["sara", "charlie"])
def test_supervisors_take_places_out_but_bring_none_in(visitor, cast, kerstin, who):
    client = visitor(getattr(cast, who))
    assert client.get(FILE).json["type"] == "FeatureCollection"
    assert client.get(IMPORT).status_code == 403
    assert client.post(IMPORT, data={"bring": "1"}).status_code in (400, 403)
    (act,) = listed.page(None, what="places.export", before=None, limit=9)
    assert act.account == getattr(cast, who).id


@pytest.mark.parametrize("who", ["alice", "bob", "adam", "axel"])
def test_nobody_else_takes_places_out(visitor, cast, kerstin, who):
    client = visitor(getattr(cast, who))
    assert client.get(FILE).status_code == 403
    assert client.get(IMPORT).status_code == 403
