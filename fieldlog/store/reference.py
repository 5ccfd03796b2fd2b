"""What this store knows of the world when it judges: places, categories, accounts, devices.

Read afresh for every batch, so it is never stale. Knows nothing of the rules of judging.
"""

from collections.abc import Sequence
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store.tables import Account, Category, Device, DeviceAccount, Place
from sync.judge import Author


class Known:
    """See `sync.judge.Reference`. Asks the database once for each answer, or once for all of a kind
    where they are few."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._authors: dict[str, Author | None] = {}
        self._accounts_on: dict[str, frozenset[str]] = {}
        self._devices: dict[str | None, sa.Row | None] = {}

    def place(self, code: str) -> bool:
        return code in self._places

    def category(self, code: str) -> bool:
        return code in self._categories

    def is_standing(self, category: str) -> bool:
        """Whether the category is a condition that stays until seen fixed."""
        return self._categories.get(category, False)

    def author(self, by: str) -> Author | None:
        if by not in self._authors:
            found = next(iter(self._all(_ACCOUNT, account=by)), None)
            author = None if found is None else Author(found.org, frozenset((found.role,)))
            self._authors[by] = author
        return self._authors[by]

    def enrolled(self, device: str, by: str) -> bool:
        if self.is_store(device):
            return True
        if device not in self._accounts_on:
            found = self._all(_ACCOUNTS_ON, device=device)
            self._accounts_on[device] = frozenset(account for (account,) in found)
        return by in self._accounts_on[device]

    def is_store(self, device: str) -> bool:
        row = self.device(device)
        return row is not None and row.kind != "phone"

    def device(self, device: str | None) -> sa.Row | None:
        """(kind, revoked_at)"""
        if device not in self._devices:
            self._devices[device] = next(iter(self._all(_DEVICE, device=device)), None)
        return self._devices[device]

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(code for (code,) in self._all(_PLACES))

    @cached_property
    def _categories(self) -> dict[str, bool]:
        return dict(map(tuple, self._all(_CATEGORIES)))

    def _all(self, statement: sa.Select, **values) -> Sequence[sa.Row]:
        return self._session.connection().execute(statement, values).all()


# Made once, past the ORM: every push asks them.
_PLACES = sa.select(Place.__table__.c.code)
_CATEGORIES = sa.select(Category.__table__.c["code", "standing"])
_ACCOUNT = sa.select(Account.__table__.c["org", "role"]).where(
    Account.__table__.c.id == sa.bindparam("account")
)
_DEVICE = sa.select(Device.__table__.c["kind", "revoked_at"]).where(
    Device.__table__.c.id == sa.bindparam("device")
)
_ACCOUNTS_ON = sa.select(DeviceAccount.__table__.c.account).where(
    DeviceAccount.__table__.c.device == sa.bindparam("device")
)
