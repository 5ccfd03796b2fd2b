"""How many times in a row a login has failed, and how long it must wait. Knows no passwords.

Names that belong to nobody are counted alike, so that the answer tells nothing.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from fieldlog.store.database import insert_new, writing
from fieldlog.store.people import normal_login
from fieldlog.store.tables import LoginWait

FREE_TRIES = 10
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=30)
FORGET_AFTER = timedelta(days=1)


def claim(login: str, now: datetime) -> datetime | None:
    """Count a try before it is made; returns until when to wait instead, if so.

    Counting first means that many tries at the same moment can't all be the tenth.
    """
    name = normal_login(login)
    with writing() as session:
        _forget_old(session, now)
        session.execute(insert_new(LoginWait.__table__).values(login=name, failures=0))
        wanted = select(LoginWait).where(LoginWait.login == name)
        row = session.scalar(wanted.with_for_update())
        if row is None:
            return None  # the right password was given just now: that try is over
        if row.wait_until and row.failures >= FREE_TRIES and row.wait_until > now:
            return row.wait_until
        row.failures += 1
        row.wait_until = now + wait_after(row.failures)
        return None


def forget(login: str) -> None:
    """The right password was given: start from nothing again."""
    with writing() as session:
        session.execute(delete(LoginWait).where(LoginWait.login == normal_login(login)))


def wait_after(failures: int) -> timedelta:
    """Nothing for the first tries, then twice as long each time, up to the longest."""
    if failures < FREE_TRIES:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(failures - FREE_TRIES, 16), LONGEST_WAIT)


def _forget_old(session, now: datetime) -> None:
    """Else made-up names would fill the table."""
    session.execute(delete(LoginWait).where(LoginWait.wait_until < now - FORGET_AFTER))
