"""Tokens that programs read with: made for a person, who answers for them. Knows no HTTP.

A token is known here only by its SHA-256; in clear it is handed out once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import uuid_utils
from sqlalchemy import select, update

from fieldlog.store.database import reading, writing
from fieldlog.store.devices import CONTACT_EVERY, digest, new_token
from fieldlog.store.tables import AccessToken, Account

PLACES, RECORDS, DETAILS = "places", "records", "details"
SCOPES = (PLACES, RECORDS, DETAILS)


@dataclass(frozen=True)
class Held:
    """A token with the account that made it, as it now stands."""

    token: AccessToken
    account: Account


def make(account: str, name: str, scope: str, life: timedelta) -> tuple[str, str]:
    """A new token's id, and the token itself, shown this once."""
    if scope not in SCOPES:
        raise ValueError(f"{scope!r} is no scope: one of {', '.join(SCOPES)}")
    now, clear, id = datetime.now(UTC), new_token(), str(uuid_utils.uuid7())
    with writing() as session:
        session.add(
            AccessToken(
                id=id,
                hash=digest(clear),
                account=account,
                name=name,
                scope=scope,
                created_at=now,
                expires_at=now + life,
            )
        )
    return id, clear


def by_token(token: str) -> Held | None:
    """What bears `token`, revoked and over or not."""
    row = reading().execute(_HELD.where(AccessToken.hash == digest(token))).first()
    return Held(*row) if row else None


def listed(orgs: tuple[str, ...]) -> list[Held]:
    """All tokens that people of these organisations made, newest first."""
    wanted = _HELD.where(Account.org.in_(orgs)).order_by(AccessToken.created_at.desc())
    return [Held(*row) for row in reading().execute(wanted)]


def revoke(token: str) -> None:
    """Let it open nothing from now on."""
    mine = update(AccessToken).where(AccessToken.id == token, AccessToken.revoked_at.is_(None))
    with writing() as session:
        session.execute(mine.values(revoked_at=datetime.now(UTC)))


def touch(token: AccessToken, now: datetime) -> None:
    """Note the use, at most once a minute: not worth waiting for the disk each time."""
    if token.last_used_at and now - token.last_used_at < CONTACT_EVERY:
        return
    with writing(durable=False) as session:
        mine = update(AccessToken).where(AccessToken.id == token.id)
        session.execute(mine.values(last_used_at=now))


_HELD = select(AccessToken, Account).join(Account, Account.id == AccessToken.account)
