"""Published police events become bodies of records: nothing dropped, nothing invented."""

import gzip
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fieldlog.data import load
from fieldlog.imports import police_events

MADE_UP = Path(__file__).parents[1] / "real" / "made_up.jsonl"
ROW = {
    "id": 7,
    "datetime": "2023-03-20 9:48:22 +01:00",
    "name": "20 mars 09:40, Bråk, Malmö",
    "summary": "Larm om bråk.",
    "type": "Bråk",
    "location": {"name": "Malmö", "gps": "55.604981,13.003822"},
}


def row(**changed) -> dict:
    return ROW | changed


def test_an_hour_of_one_digit_is_read_with_its_offset():
    at = police_events.moment("2023-03-20 9:48:22 +01:00")
    assert at == datetime.fromisoformat("2023-03-20T09:48:22+01:00")
    assert at.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize("text", ["", "2023-03-20", "2023-03-20 25:00:00 +01:00", "20 mars 9:48"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=r"time|hour|must be"):
        police_events.moment(text)


def test_a_kind_with_a_category_keeps_its_words_in_the_note():
    body = police_events.body(row(), police_events.moment(ROW["datetime"]))
    assert body["category"] == "VAL.brak"
    assert body["note"] == "20 mars 09:40, Bråk, Malmö – Larm om bråk. (polisen.se 7)"
    assert body["from"] == "2023-03-20T09:48:22+01:00"
    assert (body["precision"], body["place"]) == ("district", None)
    assert body["point"] == {"lat": 55.604981, "lon": 13.003822, "acc_m": None, "age_s": None}


@pytest.mark.parametrize("kind", ["Sammanfattning natt", "Lagen om hundar och katter ", "Rymdfärd"])
def test_a_kind_without_a_category_goes_to_the_stated_one_with_its_name_first(kind):
    unmapped = row(type=kind, name=f"20 mars, {kind}, Malmö")
    body = police_events.body(unmapped, police_events.moment(ROW["datetime"]))
    assert body["category"] == "ORD.annat"
    assert body["note"].startswith(f"[{kind.strip()}] ")


def test_a_place_that_the_name_does_not_say_is_added_to_the_note():
    assert "Bråk, Malmö – " in police_events.note(row(name="20 mars 09:40, Bråk"))


def test_a_long_text_is_cut_with_a_mark_at_the_limit():
    note = police_events.note(row(summary="å" * 400))
    assert len(note) == 280
    assert note.endswith("å…")


def test_a_text_of_just_the_limit_is_not_cut():
    assert police_events.shortened("ö" * 280) == "ö" * 280
    assert len(police_events.shortened("ö" * 281)) == 280


def test_reading_twice_finds_the_same_records_in_the_same_order():
    first, second = (list(police_events.read(MADE_UP)) for _ in range(2))
    assert first == second
    assert len(first) == 48
    assert len({found.rid for found in first}) == 48
    assert all(found.rid.version == 7 for found in first)


def test_a_packed_file_says_the_same_as_a_plain_one(tmp_path):
    packed = tmp_path / "events.jsonl.gz"
    packed.write_bytes(gzip.compress(MADE_UP.read_bytes()))
    assert list(police_events.read(packed)) == list(police_events.read(MADE_UP))


def test_a_line_that_is_no_event_is_named_and_the_ones_before_it_are_read(tmp_path):
    broken = tmp_path / "events.jsonl"
    broken.write_text(json.dumps(row()) + '\n{"id": 8}\n', encoding="utf-8")
    events = police_events.read(broken)
    next(events)
    with pytest.raises(police_events.BadLine, match="line 2"):
        next(events)


def test_every_category_of_the_mapping_exists():
    known = {c["code"] for t in load("categories.json")["tiles"] for c in t["children"]}
    mapping = load("police_types.json")
    assert {c for c in mapping["kinds"].values() if c} <= known
    assert mapping["fallback"] in known
