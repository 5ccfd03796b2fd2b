"""Quarantine: the reason in words, the bytes made safe, and a release that leaves a record."""

import re

import pytest
import sqlalchemy as sa

from fieldlog.review.quarantine import readable
from fieldlog.store.database import reading
from fieldlog.store.tables import Entry, Log, Quarantine
from sync import records
from tests.review.scene import push_raw
from tests.review.test_log import text

EVIL = b'<script>alert(1)</script>\x00\x1b[31m\xff \xe2\x80\xae"'


def test_each_entry_has_its_reason_and_what_becomes_of_it(sara, evening):
    page = text(sara.get("/quarantine").text)
    assert "okänd plats" in page
    assert "Den bedöms på nytt av sig själv när platsen läggs till." in page
    assert "place 'SOL-217' is not known here" in page


def test_bytes_are_shown_so_that_nothing_in_them_acts_or_hides(sara, evening):
    push_raw(evening.phones["bob"], EVIL)
    page = sara.get("/quarantine").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\x00\\x1b[31m\\xff \\u202e" in page


def test_long_bytes_are_cut_with_a_mark():
    assert readable(b"x" * 5000) == ("x" * 2000, True)
    assert readable("å\n☃".encode()) == ("å\n☃", False)


def test_another_organisation_s_entries_are_not_there(visitor, cast, evening):
    page = visitor(cast.charlie).get("/quarantine").text
    assert "SOL-217" not in page
    assert "Inget i karantän" in page


def test_a_release_lets_the_record_count_and_stands_in_this_store_s_own_log(sara, cast, evening):
    entry = standing()
    answer = release(sara, entry, "Platsen heter så i den nya planen.")
    assert answer.status_code == 303
    assert "Släppt" in sara.get("/quarantine").text
    assert standing() is None
    assert evening.rid("lost") not in sara.get("/log?quarantine=1").text
    written = last_of_own_log()
    assert written.t == "release"
    assert written.by == cast.sara.id
    assert written.body["why"] == "Platsen heter så i den nya planen."
    assert written.body["ref"] == evening.rids["lost"]
    assert "Släppt ur karantän" in sara.get(f"/records/{evening.rid('lost')}").text


@pytest.mark.parametrize("why", ["", "x" * 281])
def test_a_release_without_a_fit_reason_changes_nothing_and_keeps_the_words(sara, evening, why):
    answer = release(sara, standing(), why)
    assert answer.status_code == 422
    assert standing() is not None
    assert f">{why}</textarea>" in answer.text


def test_charlie_can_t_release_what_is_not_his(visitor, cast, evening):
    entry = standing()
    assert release(visitor(cast.charlie), entry, "Nyfiken.").status_code == 404
    assert standing() == entry


def test_an_unreadable_entry_can_be_released_too(sara, evening):
    push_raw(evening.phones["bob"], EVIL)
    entry = standing()
    assert release(sara, entry, "Vi vet vad det är.").status_code == 303
    assert last_of_own_log().body["ref"] is None


def test_an_empty_quarantine_is_hollow_only_when_somebody_was_heard(sara, cast):
    assert "Ingen telefon har hörts, så inget har bedömts." in text(sara.get("/quarantine").text)


def test_older_entries_stand_on_the_next_page(sara, evening):
    push_raw(evening.phones["bob"], *(b"{%d" % number for number in range(30)))
    first = sara.get("/quarantine").text
    assert first.count("<article") == 25
    older = re.search(r'href="([^"]+)" rel="next"', first)[1]
    assert sara.get(older).text.count("<article") == 6


def standing() -> int | None:
    """The newest entry that stands in quarantine."""
    wanted = sa.select(sa.func.max(Quarantine.entry_id)).where(Quarantine.released_at.is_(None))
    return reading().scalar(wanted)


def last_of_own_log() -> records.Record:
    own = sa.select(Entry.payload).join(Log, Log.id == Entry.log_id).where(Log.own)
    return records.read(reading().scalar(own.order_by(Entry.id.desc()).limit(1)))


def release(client, entry: int, why: str):
    page = client.get("/devices/code").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    return client.post(f"/quarantine/{entry}/release", data={"csrf_token": token, "why": why})
