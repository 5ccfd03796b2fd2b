"""Who this store is: its name, its incarnation, its receipt key. Made with the database.

Knows nothing of the logs it will keep.
"""

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
import uuid_utils
from flask import current_app

from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Device, Identity
from sync import receipts

_OURS = sa.select(Identity.__table__)  # made once: every answer asks it


class NoIdentity(RuntimeError):
    """The database has no tables or was never given a name: a command has to make it first."""


def get() -> sa.Row:
    """This store's one row, its columns by name; raises NoIdentity where there is none yet."""
    row = reading().connection().execute(_OURS).first()
    if row is None:
        raise NoIdentity("this database has no identity yet: run `fieldlog store init`")
    return row


def ensure(name: str) -> sa.Row:
    """Make the identity and the store's own device, once; returns what stands."""
    with writing() as session:
        if session.get(Identity, 1) is None:
            now = datetime.now(UTC)
            own = Device(id=str(uuid_utils.uuid7()), kind="store", name=name, enrolled_at=now)
            session.add_all([own, _fresh(name, own.id, now)])
    return get()


def role() -> str:
    """`node` where there is a centre above, else `centre`."""
    return current_app.config["FIELDLOG_ROLE"]


def centre_key() -> str | None:
    """The centre's public key (PEM): its own at the centre, what it was told at a node."""
    row = get()
    return receipts.public_key(row.receipt_key) if role() == "centre" else row.centre_key


def learn_centre_key(pem: str) -> None:
    """Keep the centre's public key at a node."""
    with writing() as session:
        session.execute(sa.update(Identity).values(centre_key=pem))


def renew() -> str:
    """A new incarnation, to be made after every restore from a copy; returns it."""
    inc = secrets.token_hex(16)
    with writing() as session:
        session.execute(sa.update(Identity).values(inc=inc))
    return inc


def _fresh(name: str, device: str, now: datetime) -> Identity:
    return Identity(
        id=1,
        name=name,
        device=device,
        inc=secrets.token_hex(16),
        receipt_key=receipts.new_key(),
        created_at=now,
    )
