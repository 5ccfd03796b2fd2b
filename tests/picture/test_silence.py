"""Which places may still get records, and from when on nothing more is expected."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from fieldlog.picture import silence
from fieldlog.store.database import writing
from fieldlog.store.tables import Device
from tests.review.week_scene import past_week, visit

ORGS = ("bolaget", "kommunen", "polisen")


@pytest.fixture
def past(cast):
    """Only the cast's phones are in use."""
    with writing() as session:
        noise = sa.update(Device).where(Device.org == "bolaget")
        session.execute(noise.values(revoked_at=datetime.now(UTC)))
    return past_week(cast)


def of(past) -> silence.Silence:
    since, until = past.week.span()
    return silence.until(ORGS, since, until)


def tell(cast, who: str, **said) -> None:
    device = getattr(cast, who).device
    with writing() as session:
        session.execute(sa.update(Device).where(Device.id == device).values(**said))


def test_when_all_were_heard_after_the_week_nothing_is_missing(past):
    assert of(past).by_org == {}
    assert not of(past).covers("HAG")
    assert not of(past).covers("NOR")


def test_a_silent_phone_leaves_open_only_the_places_where_it_works(cast, past):
    tell(cast, "bob", last_contact_at=past.at(3, 12))
    found = of(past)
    assert found.by_org == {"polisen": 1}
    assert found.covers("SOL")  # Bob's
    assert not found.covers("HAG")
    assert found.of("SOL") == past.at(3, 12)


def test_where_nobody_is_known_to_work_any_phone_might(cast, past):
    tell(cast, "bob", last_contact_at=past.at(3, 12))
    assert of(past).covers("NOR")


def test_a_phone_that_still_holds_something_is_known_as_far_as_its_newest_visit(cast, past):
    tell(cast, "bob", unsent=2)
    assert of(past).of("SOL") == past.at(2, 18)  # not as far as what it told of next week
    tell(cast, "charlie", unsent=1)
    assert of(past).of("ROT") == past.at(3, 16)
    visit(past, "charlie", "ROT", past.at(7, 10), 10)
    past.phones["charlie"].push()
    tell(cast, "charlie", unsent=1)
    assert of(past).of("ROT") == past.at(7, 10)


def test_a_phone_that_was_never_heard_is_not_known_at_all(cast, past):
    tell(cast, "bob", last_contact_at=None)
    assert of(past).of("SOL") is None
    assert of(past).covers("SOL")


def test_a_revoked_phone_is_not_waited_for(cast, past):
    tell(cast, "bob", last_contact_at=None, revoked_at=datetime.now(UTC) - timedelta(days=1))
    assert of(past).by_org == {}
