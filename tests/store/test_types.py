"""Times keep their zone or are refused; ids have their length."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Bundle, Organisation, Token


def bundle(made_at: datetime, sha256: str = "ab" * 32) -> Bundle:
    return Bundle(sha256=sha256, name="places", scope="all", body=b"{}", made_at=made_at)


def test_a_time_in_any_zone_comes_back_as_the_same_moment_in_utc(store):
    summer_night = datetime(2019, 5, 3, 23, 40, 0, 123456, timezone(timedelta(hours=2)))
    with writing() as session:
        session.add(bundle(summer_night))
    found = reading().scalars(sa.select(Bundle)).one()
    assert found.made_at == summer_night
    assert found.made_at.tzinfo is UTC
    assert found.made_at.isoformat() == "2019-05-03T21:40:00.123456+00:00"


def test_a_naive_time_is_refused_with_a_sentence(store):
    with pytest.raises(sa.exc.StatementError, match="no time zone"), writing() as session:
        session.add(bundle(datetime(2019, 5, 3, 21, 40)))
    assert reading().scalars(sa.select(Bundle)).all() == []


def test_a_naive_time_is_refused_in_a_query_too(store):
    with pytest.raises(sa.exc.StatementError, match="no time zone"):
        reading().scalars(sa.select(Bundle).where(Bundle.made_at > datetime(2019, 5, 3)))


def test_hex_is_kept_as_bytes_and_spoken_of_as_hex(store):
    with writing() as session:
        session.add(bundle(datetime.now(UTC)))
    raw = reading().execute(sa.text("SELECT sha256 FROM bundles")).scalar_one()
    assert bytes(raw) == bytes.fromhex("ab" * 32)
    assert reading().scalars(sa.select(Bundle.sha256)).one() == "ab" * 32


@pytest.mark.parametrize("wrong", [b"", b"x" * 31, b"x" * 33])
def test_a_hash_of_another_length_is_refused(store, wrong):
    with pytest.raises(sa.exc.StatementError, match="expected 32 bytes"):
        reading().scalars(sa.select(Token).where(Token.hash == wrong)).all()


def test_text_keeps_letters_and_emoji_whole(store):
    with writing() as session:
        session.add(Organisation(code="k", name="Räksmörgås 🌙 “å”", kind="municipality"))
    assert reading().scalars(sa.select(Organisation.name)).one() == "Räksmörgås 🌙 “å”"
