"""Actions of the weekly meeting: who does what until when. Each change is a row of its own; the
newest of a number holds. Knows no page.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Action

FIELDS = ("what", "owner", "due", "place", "category", "done", "result")


def add(told: dict[str, Any], by: str, now: datetime) -> int:
    """A new action; its number."""
    with writing() as session:
        number = 1 + (session.scalar(select(func.max(Action.number))) or 0)
        session.add(_version(number, told, by, now))
    return number


def change(number: int, told: dict[str, Any], by: str, now: datetime) -> None:
    """Let this hold of the action from now on. Raises KeyError for one that is not there."""
    with writing() as session:
        if session.scalar(select(Action.id).where(Action.number == number).limit(1)) is None:
            raise KeyError(number)
        session.add(_version(number, told, by, now))


def now_standing() -> list[Action]:
    """Every action as it holds: those not done by their day, then those done, latest first."""
    newest = select(func.max(Action.id)).group_by(Action.number)
    rows = list(reading().scalars(select(Action).where(Action.id.in_(newest))))
    waiting = sorted((row for row in rows if not row.done), key=lambda row: (row.due, row.number))
    done = sorted((row for row in rows if row.done), key=lambda row: row.done, reverse=True)
    return [*waiting, *done]


def one(number: int) -> Action | None:
    """The action as it holds."""
    return next(iter(history(number)), None)


def history(number: int) -> list[Action]:
    """Its versions, newest first."""
    wanted = select(Action).where(Action.number == number).order_by(Action.id.desc())
    return list(reading().scalars(wanted))


def shown_in(first: date, last: date) -> list[Action]:
    """Those a picture of these days shows: not done, or done in them."""
    return [row for row in now_standing() if row.done is None or first <= row.done <= last]


def _version(number: int, told: dict[str, Any], by: str, now: datetime) -> Action:
    return Action(number=number, **{name: told[name] for name in FIELDS}, at=now, by=by)
