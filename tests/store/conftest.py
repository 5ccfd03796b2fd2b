"""A centre's store with one organisation, two officers, a supervisor, and their devices."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from fieldlog.store import identity
from fieldlog.store.database import writing
from fieldlog.store.tables import Account, Category, Device, DeviceAccount, Organisation, Place
from tests.store.authors import Author

LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Pusher:
    """What `accept` needs to know of a device."""

    id: str
    kind: str = "phone"


@dataclass(frozen=True)
class Person:
    id: str
    org: str = "polisen"


ALICE, BOB, SARA, CHARLIE = (
    Person("alice"),
    Person("bob"),
    Person("sara"),
    Person("charlie", "kommunen"),
)
PHONE, PHONE_2, NODE = Pusher("phone-1"), Pusher("phone-2"), Pusher("node-a", "node")


def people_the_store() -> None:
    """Places, categories, accounts and devices, with a second organisation as noise."""
    identity.ensure("centre")
    with writing() as session:
        session.add_all(
            Organisation(code=code, name=code, kind="k") for code in ("polisen", "kommunen")
        )
        session.flush()
        for person, role in (
            (ALICE, "field"),
            (BOB, "field"),
            (SARA, "supervisor"),
            (CHARLIE, "supervisor"),
        ):
            session.add(
                Account(
                    id=person.id, login=person.id, name=person.id, org=person.org, role=role,
                    created_at=LONG_AGO,
                )
            )  # fmt: skip
        for device in (PHONE, PHONE_2, NODE):
            session.add(
                Device(id=device.id, kind=device.kind, name=device.id, enrolled_at=LONG_AGO)
            )
        session.flush()
        for device, person in ((PHONE, ALICE), (PHONE, BOB), (PHONE_2, ALICE), (PHONE_2, CHARLIE)):
            session.add(DeviceAccount(device=device.id, account=person.id))
        for code in ("ROT", "SOL"):
            session.add(
                Place(code=code, name=code, kind="station", lat=59.4, lon=17.9, radius_m=100,
                      updated_at=LONG_AGO)
            )  # fmt: skip
        for position, (code, standing) in enumerate((("ORD.stoj", False), ("PLA.belysning", True))):
            session.add(
                Category(code=code, sv=code, en=code, public="place", standing=standing,
                         position=position)
            )  # fmt: skip


@pytest.fixture
def centre(store):
    """The store, peopled."""
    people_the_store()
    return store


@pytest.fixture
def alice():
    """Alice's phone, its log just opened."""
    author = Author(ALICE.id, ALICE.org)
    author.open()
    return author
