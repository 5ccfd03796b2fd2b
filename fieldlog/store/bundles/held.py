"""Bundles as rows: the ones made here, and at a node the ones fetched from the centre.

Knows nothing of what is in them.
"""

import json
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Bundle

UPSTREAM = "upstream"
# So long can a phone take from hearing of a bundle to asking for it, and still get that one.
VERSIONS_KEPT = 50


def keep(name: str, scope: str, body: bytes) -> str:
    """Keep this as the newest version; returns its hash. Old versions go when there are many."""
    digest = sha256(body).hexdigest()
    newest = held(name, scope)
    if newest is not None and newest.sha256 == digest:
        return digest
    now = datetime.now(UTC)
    row = Bundle(sha256=digest, name=name, scope=scope, body=body, made_at=now)
    with writing(durable=False) as session:
        again = session.get(Bundle, (digest, name, scope))
        if again is not None:
            again.made_at = now
            return digest
        with suppress(IntegrityError), session.begin_nested():  # another process may be first
            session.add(row)
        _drop_old(session, name, scope)
    return digest


def held(name: str, scope: str = UPSTREAM) -> Bundle | None:
    """The newest version kept of a bundle."""
    return reading().scalar(_newest(name, scope).limit(1))


def value(name: str, scope: str = UPSTREAM) -> dict | None:
    """What is in the newest version kept of a bundle."""
    row = held(name, scope)
    return json.loads(row.body) if row else None


def _newest(name: str, scope: str):
    rows = select(Bundle).where(Bundle.name == name, Bundle.scope == scope)
    return rows.order_by(Bundle.made_at.desc())


def _drop_old(session, name: str, scope: str) -> None:
    oldest = session.scalar(
        select(Bundle.made_at)
        .where(Bundle.name == name, Bundle.scope == scope)
        .order_by(Bundle.made_at.desc())
        .offset(VERSIONS_KEPT)
        .limit(1)
    )
    if oldest is not None:
        session.execute(
            delete(Bundle).where(
                Bundle.name == name, Bundle.scope == scope, Bundle.made_at <= oldest
            )
        )
