"""Organisations and the accounts of the people in them. Knows hashes of passwords, never passwords.

Each function that changes something is one transaction, or joins the one it is called in.
"""

from datetime import UTC, datetime

import uuid_utils
from sqlalchemy import select

from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Account, Organisation

ROLES = ("field", "supervisor", "coordinator", "admin", "auditor")


class Taken(ValueError):
    """The code or login is in use already."""


def add_org(code: str, name: str, kind: str) -> None:
    """Add an organisation, or give the one with this code a new name and kind."""
    with writing() as session:
        session.merge(Organisation(code=code, name=name, kind=kind))


def orgs() -> list[Organisation]:
    """Every organisation, by code."""
    return list(reading().scalars(select(Organisation).order_by(Organisation.code)))


def add_account(
    login: str, name: str, org: str, role: str, password_hash: str | None = None
) -> Account:
    """Add an account. Raises Taken, or ValueError for an unknown role or organisation."""
    if role not in ROLES:
        raise ValueError(f"{role!r} is no role: one of {', '.join(ROLES)}")
    login = normal_login(login)
    with writing() as session:
        if session.get(Organisation, org) is None:
            raise ValueError(f"there is no organisation {org!r}")
        if session.scalar(select(Account.id).where(Account.login == login)):
            raise Taken(f"the login {login!r} is taken")
        account = Account(
            id=str(uuid_utils.uuid7()),
            login=login,
            name=name,
            org=org,
            role=role,
            password_hash=password_hash,
            active=True,
            created_at=datetime.now(UTC),
        )
        session.add(account)
        session.flush()
        session.expunge(account)
    return account


def by_login(login: str) -> Account | None:
    """The account that signs in as `login`, active or not."""
    return reading().scalar(select(Account).where(Account.login == normal_login(login)))


def by_id(account: str) -> Account | None:
    """The account with this id, active or not."""
    return reading().get(Account, account)


def accounts(of: tuple[str, ...]) -> list[Account]:
    """The active accounts of these organisations, by name."""
    wanted = select(Account).where(Account.org.in_(of), Account.active)
    return list(reading().scalars(wanted.order_by(Account.name, Account.id)))


def everyone() -> list[Account]:
    """Every account there was, active or not."""
    return list(reading().scalars(select(Account)))


def set_password_hash(account: str, password_hash: str) -> None:
    """Give the account a new password; everyone signed in with the old one is out."""
    with writing() as session:
        session.get_one(Account, account).password_hash = password_hash


def normal_login(login: str) -> str:
    """Logins are compared without regard to case and surrounding space."""
    return login.strip().casefold()
