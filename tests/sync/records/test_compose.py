"""Writing a payload: what is composed is read, and what would not be read is not composed."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from sync.records import Record, compose, new_rid, read
from tests.contract.sources.samples import visit

AT = datetime(2026, 11, 22, 20, 40, 7, tzinfo=UTC)


def test_what_is_composed_is_read_back():
    rid = new_rid()
    record = read(compose("visit", visit(), rid=rid, at=AT, by="a", org="polisen"))
    assert isinstance(record, Record)
    assert (record.rid, record.at, record.body) == (UUID(rid).bytes, AT, visit())


def test_two_payloads_of_the_same_content_differ_by_their_salt():
    made = [compose("close", {}, rid=new_rid(), at=AT, by="a", org="o") for _ in range(2)]
    salts = {json.loads(each)["s"] for each in made}
    assert len(salts) == 2


def test_given_the_same_it_writes_the_same_bytes():
    given = {"rid": new_rid(), "at": AT, "by": "a", "org": "o", "salt": bytes(16)}
    assert compose("visit", visit(), **given) == compose("visit", visit(), **given)


def test_letters_travel_as_themselves_on_one_line():
    payload = compose("comment", {"ref": new_rid(), "text": "å\n🚓"}, at=AT, by="a", org="o")
    assert "å\\n🚓".encode() in payload
    assert b"\n" not in payload


@pytest.mark.parametrize(
    ("t", "body", "at"),
    [
        ("visit", visit(crew=0), AT),
        ("hologram", {}, AT),
        ("visit", visit(), datetime(2026, 11, 22, 20, 40, 7)),
        ("visit", visit(place="\ud83d"), AT),
        ("erase", {"ref": new_rid(), "ground": "g", "keep": {"x": "y" * 70_000}}, AT),
    ],
    ids=["wrong body", "unknown type", "naive time", "half a character", "too large"],
)
def test_what_no_store_would_accept_is_not_composed(t, body, at):
    with pytest.raises(ValueError):  # noqa: PT011 – any reason will do
        compose(t, body, at=at, by="a", org="o")
