"""The named cast that every test knows, an app to meet them in, and noise around them.

Alice and Bob are officers of the police, Sara supervises them, Charlie supervises the
municipality's people and must see nothing of the police's. Adam administers, Kerstin coordinates,
Axel audits. The noise is a third organisation with people and phones of its own.
"""

from dataclasses import dataclass, fields
from functools import cache

import pytest
from flask.testing import FlaskClient

from fieldlog import create_app
from fieldlog.access import login, passwords
from fieldlog.config import Settings
from fieldlog.store import devices, identity, people
from fieldlog.store.database import db, writing

SECRET = "only for tests, and long enough to be taken"
PASSWORD = "blåbär på Edsbergs torg"


@dataclass(frozen=True)
class Member:
    """One of the cast. `device` and `token` are those of the phone, where there is one."""

    id: str
    login: str
    name: str
    org: str
    role: str
    device: str | None = None
    token: str | None = None
    password: str = PASSWORD

    @property
    def bearer(self) -> dict[str, str]:
        """The headers of the member's phone."""
        return {"Authorization": f"Bearer {self.token}", "Fieldlog-Proto": "1"}


@dataclass(frozen=True)
class Cast:
    """Everyone, by name."""

    alice: Member
    bob: Member
    sara: Member
    charlie: Member
    adam: Member
    kerstin: Member
    axel: Member

    def everyone(self) -> list[Member]:
        return [getattr(self, field.name) for field in fields(self)]


WHO = {
    "alice": ("Alice Åkesson", "polisen", "field"),
    "bob": ("Bob Öberg", "polisen", "field"),
    "sara": ("Sara Sjölund", "polisen", "supervisor"),
    "charlie": ("Charlie Berg", "kommunen", "supervisor"),
    "adam": ("Adam Ek", "kommunen", "admin"),
    "kerstin": ("Kerstin Dahl", "kommunen", "coordinator"),
    "axel": ("Axel Frid", "kommunen", "auditor"),
}
WITH_PHONES = ("alice", "bob", "charlie")


@pytest.fixture
def settings(database_url, tmp_path) -> Settings:
    """A centre's settings on a fresh database."""
    blobs = str(tmp_path / "photos")
    return Settings(secret_key=SECRET, database_url=database_url, name="centre", blobs=blobs)


@pytest.fixture
def app(settings):
    """The whole app, inside its context. Faults come as answers, as they do in service."""
    with running(settings) as made:
        yield made


@pytest.fixture
def client(app):
    """A browser or a machine without a past."""
    return app.test_client()


@pytest.fixture
def cast(app) -> Cast:
    """The named people with their phones, among others."""
    return gather()


class Client(FlaskClient):
    """Gives each request a context of its own, as in service, though the test has one open.

    Else `g`, who is signed in and the database session would pass from request to request.
    An answer that is streamed is read to its end in that context: it reads on from the database.
    """

    def open(self, *args, **kwargs):
        with self.application.app_context():
            answer = super().open(*args, **{"buffered": True} | kwargs)
        db.session.remove()  # what the test reads next is what stands now
        return answer


class running:
    """The app of `settings` with its identity made, in its context; closed at the end."""

    def __init__(self, settings: Settings):
        self.app = create_app(settings)
        self.app.testing = True
        self.app.test_client_class = Client
        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        self.context = self.app.app_context()

    def __enter__(self):
        self.context.push()
        identity.ensure(self.app.config["SETTINGS"].name)
        return self.app

    def __exit__(self, *_fault):
        db.session.remove()
        db.engine.dispose()
        self.context.pop()


def gather() -> Cast:
    """Put the cast and the noise into the store of the current app."""
    with writing():  # one commit for all: every test waits for it
        people.add_org("polisen", "Polisen Sollentuna", "police")
        people.add_org("kommunen", "Sollentuna kommun", "municipality")
        members = {name: _member(name, *who) for name, who in WHO.items()}
        _noise()
    return Cast(**members)


def sign_in(client, member: Member) -> None:
    """Let the client be the member's browser, past the login page."""
    with client.application.app_context():
        key = login.begun(people.by_id(member.id)).get_id()
    with client.session_transaction() as session:
        session["_user_id"] = key
        session["_fresh"] = True


def _member(name: str, shown: str, org: str, role: str) -> Member:
    account = people.add_account(name, shown, org, role, _hash_of(PASSWORD))
    phone = _phone(account.id, f"{shown}s telefon") if name in WITH_PHONES else None
    return Member(
        id=account.id,
        login=name,
        name=shown,
        org=org,
        role=role,
        device=phone and phone.device,
        token=phone and phone.token,
    )


def _phone(account: str, name: str):
    code, _until = devices.make_code(account)
    return devices.enrol(code, name)


def _noise() -> None:
    people.add_org("bolaget", "Bostadsbolaget", "company")
    for number in range(3):
        account = people.add_account(f"noise{number}", f"Noise {number}", "bolaget", "field")
        _phone(account.id, f"Noise phone {number}")
    people.add_account("noise-boss", "Noise boss", "bolaget", "supervisor", _hash_of(PASSWORD))


@cache
def _hash_of(password: str) -> str:
    """Hashing is slow on purpose; once a session is enough."""
    return passwords.hashed(password)
