"""Who is signed in at the desk: a row a session, so that signing out ends it also for whoever has
copied the cookie, and its end comes however busy it is. Knows no cookie.
"""

from datetime import datetime

from sqlalchemy import delete, select

from fieldlog.store.database import reading, writing
from fieldlog.store.devices import digest, new_token
from fieldlog.store.tables import Account, SignedIn


def begin(account: str, now: datetime, ends_at: datetime) -> str:
    """A new session's token, known here only by its SHA-256."""
    token = new_token()
    with writing() as session:
        session.execute(delete(SignedIn).where(SignedIn.ends_at <= now))
        session.add(SignedIn(hash=digest(token), account=account, ends_at=ends_at))
    return token


def account_of(token: str, now: datetime) -> Account | None:
    """Whose session it is, active or not; None once it is over."""
    wanted = select(Account).join(SignedIn, SignedIn.account == Account.id)
    alive = wanted.where(SignedIn.hash == digest(token), SignedIn.ends_at > now)
    return reading().scalar(alive)


def end(token: str) -> None:
    """It opens nothing any more."""
    with writing() as session:
        session.execute(delete(SignedIn).where(SignedIn.hash == digest(token)))


def end_all() -> None:
    """Everybody signs in anew."""
    with writing() as session:
        session.execute(delete(SignedIn))
