"""One source of every count: phone ≥ node ≥ centre + quarantine, and what is not known is no 0."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from fieldlog.store import reached
from fieldlog.store.database import writing
from fieldlog.store.reached import Period, Reached
from fieldlog.store.tables import Device, Log
from tests.store.acts import NOW, push
from tests.store.conftest import NODE, PHONE

LONG = Period(NOW - timedelta(days=3650))
ORGS = ("polisen",)


def told(device: str = PHONE.id, **values) -> None:
    with writing() as session:
        session.execute(sa.update(Device).where(Device.id == device).values(values))


def of(period: Period = LONG, orgs=ORGS, **more) -> Reached:
    return reached.of(orgs, period, at_centre=True, **more)


@pytest.fixture
def enrolled(centre):
    """Both phones are the police's."""
    for device in (PHONE.id, "phone-2"):
        told(device, org="polisen")


@pytest.fixture
def evening(enrolled, alice):
    """Two visits and one at a place that nobody knows, through no node."""
    for place in ("ROT", "ROT", "XYZ"):
        alice.visit(place=place)
    push(alice)
    told(unsent=0)
    return alice


def test_before_anybody_was_heard_nothing_is_known(enrolled):
    told(last_contact_at=None)
    assert of() == Reached(None, None, 0, {})


def test_what_stands_in_quarantine_is_not_at_the_centre_and_is_on_the_phone(evening):
    assert of() == Reached(3, None, 2, {"unknown_place": 1})


def test_what_a_phone_says_it_holds_is_on_phones_alone(evening):
    told(unsent=4)
    assert (of().phones, of().centre) == (7, 2)


def test_what_a_node_says_it_holds_is_at_the_nodes_and_on_the_phones(evening):
    with writing() as session:
        session.execute(sa.update(Log).values(via_node=NODE.id, unsent=2))
    assert (of().phones, of().nodes, of().centre) == (5, 5, 2)


def test_a_record_that_is_no_record_is_counted_by_when_it_came(enrolled, alice):
    alice.put(b"no json")
    push(alice)
    told(unsent=0)
    assert of() == Reached(1, None, 0, {"not_json": 1})


def test_a_time_that_is_over_is_known_once_every_phone_was_heard_after_it(evening):
    over = Period(LONG.since, NOW + timedelta(hours=1))
    told(last_contact_at=over.until - timedelta(seconds=1))
    assert of(over).phones is None
    assert of(over).centre == 2
    told(last_contact_at=over.until)
    told("phone-2", last_contact_at=over.until)
    assert of(over).phones == 3


def test_another_organisation_s_are_never_counted(evening):
    assert of(orgs=("kommunen",)) == Reached(None, None, 0, {})
    assert set(reached.by_org(("kommunen",), LONG, at_centre=True)) <= {"kommunen"}


def test_the_parts_add_up_to_the_whole(evening):
    parts = reached.by_device(ORGS, LONG, at_centre=True)
    assert parts[PHONE.id] == of(only=(PHONE.id,))
    assert sum(part.centre for part in parts.values()) == of().centre
    assert reached.by_org(ORGS, LONG, at_centre=True)["polisen"] == of()


def test_at_a_node_only_what_the_centre_has_signed_for_is_at_the_centre(evening):
    def at_node() -> Reached:
        return reached.of(ORGS, LONG, at_centre=False)

    assert (at_node().phones, at_node().nodes, at_node().centre) == (3, 3, 0)
    with writing() as session:
        session.execute(sa.update(Log).values(up_have=2))
    assert (at_node().nodes, at_node().centre) == (3, 1)
