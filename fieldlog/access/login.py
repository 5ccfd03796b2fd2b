"""Signing in and out. Says no in one way and in the same time, whether or not the user exists.

Knows nothing of pages; devices sign in elsewhere, by token.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from flask import Flask, current_app, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from fieldlog.access import audit, passwords
from fieldlog.store import logins, people, sessions
from fieldlog.store.database import writing
from fieldlog.store.tables import Account

SURE_AT = "sure_at"  # when the password was last given: see stepup


@dataclass(frozen=True)
class Wait:
    """Too many tries: nobody is let in under this name before `until`, right password or not."""

    until: datetime


@dataclass(frozen=True)
class Person(UserMixin):
    """Who is signed in, as pages see it (`flask_login.current_user`)."""

    id: str
    name: str
    org: str
    role: str
    stamp: str
    token: str

    def get_id(self) -> str:
        return f"{self.token}.{self.stamp}"


def init(app: Flask) -> None:
    """Keep who is signed in in the session cookie of `app`."""
    manager = LoginManager()
    # Its marks on the session would give every anonymous visitor a cookie; the gate does its part.
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app)


def check(login: str, password: str) -> Account | Wait | None:
    """The account whose login and password these are; Wait after too many tries; else None."""
    until = logins.claim(login, datetime.now(UTC))
    if until:
        return Wait(until)
    account = people.by_login(login)
    stored = account.password_hash if account and account.active else None
    if not passwords.matches(password, stored):
        audit.by(account, audit.NOT_SIGNED_IN)
        return None
    logins.forget(login)
    if passwords.outdated(stored):
        people.set_password_hash(account.id, passwords.rehashed(password))
    return people.by_id(account.id)


def sign_in(account: Account) -> None:
    """Start a session for the account; what the session held before is dropped, and over."""
    with writing():
        if current_user.is_authenticated:
            sessions.end(current_user.token)
        person = begun(account)
        audit.by(person, audit.SIGNED_IN)
    session.clear()
    session.permanent = True
    login_user(person)
    session[SURE_AT] = datetime.now(UTC).isoformat()


def sign_out() -> None:
    """End the session, whoever else bears its cookie. What a phone has stored is not touched."""
    if current_user.is_authenticated:
        with writing():
            sessions.end(current_user.token)
            audit.told(audit.SIGNED_OUT)
    logout_user()
    session.clear()


def begun(account: Account) -> Person:
    """A new session of the account; it ends once the password is another."""
    now = datetime.now(UTC)
    ends_at = now + current_app.permanent_session_lifetime
    return _person(account, sessions.begin(account.id, now, ends_at))


def _load(key: str) -> Person | None:
    """A new password or a closed account ends every session at its next request."""
    token = key.partition(".")[0]
    account = sessions.account_of(token, datetime.now(UTC))
    if account is None or not account.active:
        return None
    person = _person(account, token)
    return person if person.get_id() == key else None


def _person(account: Account, token: str) -> Person:
    stamp = sha256((account.password_hash or "").encode()).hexdigest()[:16]
    return Person(account.id, account.name, account.org, account.role, stamp, token)
