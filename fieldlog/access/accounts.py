"""Adding people: the one place where a password in clear meets an account.

Knows nothing of pages or commands.
"""

from fieldlog.access import passwords
from fieldlog.store import people
from fieldlog.store.tables import Account


def add(login: str, name: str, org: str, role: str, password: str | None = None) -> Account:
    """Add an account; without a password it can't sign in, only be enrolled on a phone.

    Raises passwords.Weak or people.Taken, both ValueError with a sentence.
    """
    password_hash = passwords.hashed(password, login, name) if password else None
    return people.add_account(login, name, org, role, password_hash)
