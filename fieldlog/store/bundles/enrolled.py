"""The bundle `devices`, for nodes only: who may push, on what, and the centre's public key.

Hashes of tokens are in it, hashes of passwords are not: pages that need a login are the centre's.
"""

from datetime import UTC, datetime

from sqlalchemy import select

from fieldlog.store import devices, identity
from fieldlog.store.database import reading, writing
from fieldlog.store.devices import Enrolment
from fieldlog.store.tables import Account, Device, DeviceAccount, Organisation, Token

ORG = ("code", "name", "kind")
ACCOUNT = ("id", "login", "name", "org", "role", "active")


def body() -> dict:
    """All organisations, accounts and phones with their token hashes."""
    session = reading()
    orgs = session.scalars(select(Organisation).order_by(Organisation.code))
    accounts = session.scalars(select(Account).order_by(Account.id))
    return {
        "centre_key": identity.centre_key(),
        "organisations": [_picked(org, ORG) for org in orgs],
        "accounts": [_picked(account, ACCOUNT) for account in accounts],
        "devices": _phones(session),
    }


def apply(told: dict, now: datetime) -> None:
    """Let people and phones be as the centre tells; what is only known here stays."""
    with writing() as session:
        for org in told["organisations"]:
            session.merge(Organisation(**org))
        session.flush()
        for account in told["accounts"]:
            _put(session, Account, account["id"], account, created_at=now)
        session.flush()
        for device in told["devices"]:
            _put_phone(session, device)
    identity.learn_centre_key(told["centre_key"])


def learn(enrolment: Enrolment, name: str) -> None:
    """At a node: keep what the centre has enrolled. The rest about the account comes at night."""
    now = datetime.now(UTC)
    with writing() as session:
        if session.get(Organisation, enrolment.org) is None:
            session.add(Organisation(code=enrolment.org, name=enrolment.org, kind="unknown"))
            session.flush()
        if session.get(Account, enrolment.account) is None:
            session.add(_account_to_come(enrolment, now))
        if session.get(Device, enrolment.device) is None:
            session.add(
                Device(
                    id=enrolment.device,
                    kind="phone",
                    name=name,
                    org=enrolment.org,
                    enrolled_at=now,
                )
            )
        session.flush()
        session.merge(DeviceAccount(device=enrolment.device, account=enrolment.account))
        session.merge(
            Token(hash=devices.digest(enrolment.token), device=enrolment.device, created_at=now)
        )


def _phones(session) -> list[dict]:
    accounts, tokens = {}, {}
    for row in session.scalars(select(DeviceAccount).order_by(DeviceAccount.account)):
        accounts.setdefault(row.device, []).append(row.account)
    for row in session.scalars(select(Token).order_by(Token.created_at, Token.hash)):
        tokens.setdefault(row.device, []).append(
            {
                "hash": row.hash.hex(),
                "created_at": row.created_at.isoformat(),
                "revoked_at": _text(row.revoked_at),
            }
        )
    phones = session.scalars(select(Device).where(Device.kind == "phone").order_by(Device.id))
    return [
        {
            "id": phone.id,
            "name": phone.name,
            "org": phone.org,
            "enrolled_at": phone.enrolled_at.isoformat(),
            "revoked_at": _text(phone.revoked_at),
            "accounts": accounts.get(phone.id, []),
            "tokens": tokens.get(phone.id, []),
        }
        for phone in phones
    ]


def _put_phone(session, told: dict) -> None:
    values = {
        "kind": "phone",
        "name": told["name"],
        "org": told["org"],
        "enrolled_at": _moment(told["enrolled_at"]),
        "revoked_at": _moment(told["revoked_at"]),
    }
    _put(session, Device, told["id"], {"id": told["id"], **values})
    session.flush()
    for account in told["accounts"]:
        session.merge(DeviceAccount(device=told["id"], account=account))
    for token in told["tokens"]:
        values = {
            "hash": bytes.fromhex(token["hash"]),
            "device": told["id"],
            "created_at": _moment(token["created_at"]),
            "revoked_at": _moment(token["revoked_at"]),
        }
        session.merge(Token(**values))


def _put(session, table, key: str, values: dict, **when_new) -> None:
    """Set the given columns of a row, and leave the others as they are."""
    row = session.get(table, key)
    if row is None:
        session.add(table(**values, **when_new))
        return
    for name, value in values.items():
        setattr(row, name, value)


def _account_to_come(enrolment: Enrolment, now: datetime) -> Account:
    return Account(
        id=enrolment.account,
        login=enrolment.account,
        name="",
        org=enrolment.org,
        role="field",
        active=True,
        created_at=now,
    )


def _picked(row, columns: tuple[str, ...]) -> dict:
    return {name: getattr(row, name) for name in columns}


def _text(moment: datetime | None) -> str | None:
    return moment and moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
