"""Phones and nodes: their tokens, one-time codes, and what they are called. Knows no HTTP.

A token or a code is known here only by its SHA-256; in clear it is handed out once.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import uuid_utils
from sqlalchemy import bindparam, func, or_, select, update

from fieldlog.store.database import reading, writing
from fieldlog.store.tables import (
    Account,
    Device,
    DeviceAccount,
    EnrolmentCode,
    Entry,
    Log,
    Token,
)

CODE_LIFE = timedelta(minutes=10)
CONTACT_EVERY = timedelta(minutes=1)
# Without I, L, O, U: a code may have to be read aloud. Twelve of them hold 60 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12


@dataclass(frozen=True)
class Bearer:
    """The device behind a token. `revoked_at` is set if the device or just this token was."""

    id: str
    kind: str
    name: str
    org: str | None
    revoked_at: datetime | None
    last_contact_at: datetime | None


# Made once, past the ORM: every request of a machine asks it.
_DEVICES, _TOKENS = Device.__table__.c, Token.__table__.c
_BY_TOKEN = (
    select(
        *_DEVICES["id", "kind", "name", "org", "revoked_at"],
        _TOKENS.revoked_at,
        _DEVICES.last_contact_at,
    )
    .join_from(Device.__table__, Token.__table__)
    .where(_TOKENS.hash == bindparam("hash"))
)


@dataclass(frozen=True)
class Enrolment:
    """What the phone gets. `token` is shown this once."""

    token: str
    device: str
    account: str
    org: str


def by_token(token: str) -> Bearer | None:
    """The device that bears `token`, revoked or not."""
    row = reading().connection().execute(_BY_TOKEN, {"hash": digest(token)}).first()
    if row is None:
        return None
    id, kind, name, org, revoked_at, token_revoked_at, last_contact_at = row
    return Bearer(id, kind, name, org, revoked_at or token_revoked_at, last_contact_at)


def add_node(name: str) -> tuple[Device, str]:
    """Add a field node; returns it and its token, shown this once."""
    with writing() as session:
        node = _new_device(session, "node", name, None)
        token = _new_token(session, node.id)
        session.flush()
        session.expunge(node)
    return node, token


def make_code(account: str) -> tuple[str, datetime]:
    """A one-time code to enrol a phone for `account`, and when it ends; ValueError if unknown."""
    now = datetime.now(UTC)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    with writing() as session:
        row = session.get(Account, account)
        if row is None or not row.active:
            raise ValueError("there is no such account")
        session.add(
            EnrolmentCode(
                hash=digest(code), account=account, created_at=now, expires_at=now + CODE_LIFE
            )
        )
    return grouped(code), now + CODE_LIFE


def enrol(code: str, name: str, device: str | None = None) -> Enrolment | None:
    """Use a code up. `device`: an enrolled phone that gets one more account. None: no such code."""
    now = datetime.now(UTC)
    with writing() as session:
        row = session.get(EnrolmentCode, digest(plain(code)), with_for_update=True)
        if row is None or row.used_at or row.expires_at <= now:
            return None
        account = session.get_one(Account, row.account)
        if not account.active:
            return None
        phone = session.get(Device, device) if device else None
        if phone is None or phone.revoked_at or phone.kind != "phone":
            phone = _new_device(session, "phone", name, account.org)
        row.used_at, row.device = now, phone.id
        session.merge(DeviceAccount(device=phone.id, account=account.id))
        return Enrolment(_new_token(session, phone.id), phone.id, account.id, account.org)


def revoke(*devices: str) -> int:
    """Revoke devices with all their tokens; returns how many were not revoked before."""
    now = datetime.now(UTC)
    with writing() as session:
        tokens = update(Token).where(Token.device.in_(devices), Token.revoked_at.is_(None))
        session.execute(tokens.values(revoked_at=now))
        rows = update(Device).where(Device.id.in_(devices), Device.revoked_at.is_(None))
        return session.execute(rows.values(revoked_at=now)).rowcount


def touch(bearer: Bearer, now: datetime) -> None:
    """Note the contact, at most once a minute: not worth waiting for the disk each time."""
    if bearer.last_contact_at and now - bearer.last_contact_at < CONTACT_EVERY:
        return
    with writing(durable=False) as session:
        session.execute(update(Device).where(Device.id == bearer.id).values(last_contact_at=now))


def accounts_on(device: str) -> list[str]:
    """Ids of the accounts enrolled on the device."""
    wanted = select(DeviceAccount.account).where(DeviceAccount.device == device)
    return list(reading().scalars(wanted.order_by(DeviceAccount.account)))


def is_phone(device: str) -> bool:
    """Whether a phone with this id was ever enrolled here, revoked or not."""
    wanted = select(Device.id).where(Device.id == device, Device.kind == "phone")
    return reading().scalar(wanted) is not None


def last_log(device: str) -> tuple[str, int] | None:
    """The phone's log that was heard last, and its highest number here; None if there is none."""
    wanted = select(Log.log, Log.have).where(Log.device == device, Log.have > 0)
    row = reading().execute(wanted.order_by(Log.last_at.desc(), Log.id.desc()).limit(1)).first()
    return (row.log, row.have) if row else None


def of_accounts(accounts: Iterable[str]) -> list[str]:
    """Ids of the devices on which one of these accounts is enrolled."""
    wanted = select(DeviceAccount.device).where(DeviceAccount.account.in_(list(accounts)))
    return list(reading().scalars(wanted.distinct()))


def org_of(device: str) -> str | None:
    """Whose the device is."""
    return reading().scalar(select(Device.org).where(Device.id == device))


def entries_since(device: str, since: datetime) -> int:
    """How many entries came in since then of the device's logs, or passed on by it."""
    wanted = (
        select(func.count())
        .select_from(Entry)
        .join(Log, Log.id == Entry.log_id)
        .where(or_(Log.device == device, Log.via_node == device), Entry.received_at >= since)
    )
    return reading().scalar(wanted)


def digest(secret: str) -> bytes:
    """How a token or code is known here."""
    return sha256(secret.encode()).digest()


def new_token() -> str:
    """A token that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


def plain(code: str) -> str:
    """A code as a person may have typed it, brought to the form that was made."""
    typed = code.upper().translate(str.maketrans("OIL", "011"))
    return "".join(letter for letter in typed if letter in ALPHABET)


def grouped(code: str) -> str:
    """A code in fours, to be read aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _new_device(session, kind: str, name: str, org: str | None) -> Device:
    device = Device(
        id=str(uuid_utils.uuid7()), kind=kind, name=name, org=org, enrolled_at=datetime.now(UTC)
    )
    session.add(device)
    session.flush()
    return device


def _new_token(session, device: str) -> str:
    token = new_token()
    session.add(Token(hash=digest(token), device=device, created_at=datetime.now(UTC)))
    return token
