"""Frozen pictures: one a week, kept byte for byte and never changed. Knows no figure."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from fieldlog.store import hooks
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Picture


class Frozen(ValueError):
    """The week has its picture already."""


class Damaged(RuntimeError):
    """What is kept is not what was frozen: its hash tells."""


def freeze(week: str, figures: dict[str, Any], by: str, now: datetime) -> Picture:
    """Keep these figures as the week's picture. Raises Frozen if it has one."""
    body = json.dumps(figures, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    row = Picture(week=week, body=body, sha256=_hash(body), frozen_at=now, frozen_by=by)
    with writing() as session:
        if session.get(Picture, week) is not None:
            raise Frozen(week)
        session.add(row)
        session.flush()
        session.expunge(row)
        hooks.of_week(hooks.FROZEN, week, week, now)
    return row


def of(week: str) -> Picture | None:
    """The week's picture, or None while it is live."""
    return reading().get(Picture, week)


def figures(picture: Picture) -> dict[str, Any]:
    """What was frozen. Raises Damaged if a byte of it has changed since."""
    if _hash(picture.body) != picture.sha256:
        raise Damaged(f"the picture of {picture.week} is not what was frozen")
    return json.loads(picture.body)


def _hash(body: str) -> str:
    return sha256(body.encode()).hexdigest()
