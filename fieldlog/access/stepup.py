"""The password once more, before what can't be taken back or leaves the house: merge, export.

Good for ten minutes in this session. Knows no page.
"""

from datetime import UTC, datetime, timedelta

from flask import session
from flask_login import current_user

from fieldlog.access import login
from fieldlog.store import people

LIFE = timedelta(minutes=10)


def is_needed() -> bool:
    """Whether the reader has to give the password again."""
    given = session.get(login.SURE_AT)
    return given is None or datetime.now(UTC) - datetime.fromisoformat(given) > LIFE


def give(password: str) -> login.Wait | bool:
    """Whether it is the reader's password; Wait after too many tries."""
    found = login.check(people.by_id(current_user.id).login, password)
    if found is None or isinstance(found, login.Wait):
        return found or False
    session[login.SURE_AT] = datetime.now(UTC).isoformat()
    return True


def is_sure(password: str) -> bool:
    """Whether the act may go on: the password was given a moment ago, or is given now."""
    return not is_needed() or give(password) is True
