"""Each kind of file read back by a program that others use for it, with the same records in it."""

import json
from datetime import datetime
from io import BytesIO

import openpyxl
import pyogrio
import pytest
import sqlalchemy as sa

from fieldlog.demo import bodies
from fieldlog.store.database import writing
from fieldlog.store.tables import Place
from tests.review.test_exports import export, lines, shown

FORMULA = '=HYPERLINK("http://127.0.0.1/å")'


@pytest.fixture
def named():
    """Renames a place to whatever somebody may have typed."""

    def name(code: str, as_: str) -> None:
        with writing() as session:
            session.execute(sa.update(Place).where(Place.code == code).values(name=as_))

    return name


def sheets(answer) -> openpyxl.Workbook:
    assert answer.status_code == 200, answer.text
    return openpyxl.load_workbook(BytesIO(answer.data))


def features(answer, driver: str, layer: str | None = None) -> dict[str, list]:
    """What GDAL reads of the file, a list a field, and how many there are as `n`."""
    assert answer.status_code == 200, answer.text
    meta, _index, geometry, columns = pyogrio.raw.read(answer.data, layer=layer)
    assert pyogrio.read_info(answer.data, layer=layer)["driver"] == driver
    found = {name: list(column) for name, column in zip(meta["fields"], columns, strict=True)}
    return found | {"n": len(geometry), "geometry": list(geometry)}


def test_a_spreadsheet_holds_what_the_csv_holds_as_times_and_numbers(sara, evening):
    book = sheets(export(sara, "xlsx"))
    head, *records = book["Logg"].iter_rows(values_only=True)
    by_name = [dict(zip(head, row, strict=True)) for row in records]
    assert [one["Post"] for one in by_name] == shown(sara)
    for one, other in zip(by_name, lines(export(sara, "csv")), strict=True):
        assert str(one["Tid"]) == other["Tid"]
        assert (one["Plats"] or "") == other["Plats"]
    calm = next(one for one in by_name if one["Post"] == evening.rid("calm"))
    assert isinstance(calm["Tid"], datetime)
    assert (calm["Minuter"], calm["Latitud"]) == (14, 59.444)
    assert "poster ur loggen, uttagna" in book["Om filen"]["A1"].value


def test_a_formula_is_text_in_a_spreadsheet_too(sara, evening, named):
    named("HAG", FORMULA)
    sheet = sheets(export(sara, "xlsx"))["Logg"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_gdal_reads_the_geojson_with_every_record_and_its_place(sara, evening, named):
    named("HAG", "Häggvik, ”stationen” <å ä ö>")
    answer = export(sara, "geojson")
    found = features(answer, "GeoJSON")
    assert found["n"] == len(shown(sara))
    assert "Häggvik, ”stationen” <å ä ö>" in found["place_name"]
    document = json.loads(answer.data)
    by_id = {one["id"]: one for one in document["features"]}
    calm, lost = by_id[evening.rid("calm")], by_id[evening.rid("lost")]
    assert calm["geometry"]["coordinates"] == [17.9326, 59.444]
    assert calm["properties"]["nothing_observed"] is not None
    assert lost["geometry"] is None
    assert lost["properties"]["code"] == "unknown_place"
    assert "poster ur loggen" in document["about"]
    assert "perrongen" not in answer.text


def test_no_record_is_a_geojson_too(sara, evening):
    assert json.loads(export(sara, "geojson", "place=NOR").data)["features"] == []


def test_gdal_reads_the_gpx_as_waypoints_without_what_lies_nowhere(sara, evening, named):
    named("HAG", "Häggvik <&\x07 ö>")
    found = features(export(sara, "gpx"), "GPX", "waypoints")
    assert found["n"] == len(shown(sara)) - 1, "only the record of an unknown place is left out"
    assert "Närvaro, Häggvik <&\ufffd ö>" in found["name"]
    assert set(found["type"]) == {"visit", "event"}


@pytest.mark.parametrize("kind", ["xlsx", "geojson", "gpx"])
def test_charlie_takes_out_nothing_of_the_police_in_any_kind(visitor, cast, evening, kind):
    answer = export(visitor(cast.charlie), kind)
    said = answer.data
    if kind == "xlsx":
        said = str(list(sheets(answer)["Logg"].values)).encode()
    for place in ("Häggvik", "Helenelund", "Stinsen"):
        assert place.encode() not in said
    assert b"Rotebro" in said


def test_a_point_of_its_own_goes_out_with_its_owner_only(sara, evening):
    at, alice = evening.start, evening.phones["alice"]
    point = {"lat": 59.4312345, "lon": 17.9412345, "acc_m": 5}
    alice.write("event", bodies.event("VAL.brak", at, point=point), at)
    alice.push()
    for kind in ("geojson", "gpx"):
        assert "59.43123" in export(sara, kind).text
