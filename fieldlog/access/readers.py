"""Lets a program in by an access token, to read what the person who made it may read now.

It opens no page and writes nothing. Knows nothing of phones and nodes, whose tokens open nothing
here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from fieldlog import problems
from fieldlog.access import machines, verbs
from fieldlog.problems import Refused
from fieldlog.store import access_tokens
from fieldlog.store.tables import AccessToken, Account


@dataclass(frozen=True)
class Reader:
    """The token that was borne, and the account that answers for what is read with it."""

    token: AccessToken
    account: Account

    @property
    def id(self) -> str:
        return self.token.id

    @property
    def scope(self) -> str:
        return self.token.scope


def admit(verb: str) -> Reader:
    """Who asks, if its token may `verb`; raises Refused."""
    machines.check_fetch_metadata()
    token, now = machines.bearer(), datetime.now(UTC)
    held = access_tokens.by_token(token) if token else None
    if held is None or held.token.revoked_at or held.token.expires_at <= now:
        raise Refused(problems.NO_ACCESS)
    if not held.account.active or held.account.role not in verbs.PEOPLE["tokens.make"]:
        raise Refused(problems.NO_ACCESS)
    if held.token.scope not in verbs.READERS[verb]:
        raise Refused(problems.NOT_ALLOWED)
    access_tokens.touch(held.token, now)
    return Reader(held.token, held.account)
