"""What this store knows of the world when it judges: places, categories, accounts, devices.

Read afresh for every batch, so it is never stale. Knows nothing of the rules of judging.
"""

from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldlog.store.tables import Account, Category, Device, DeviceAccount, Place
from sync.judge import Author


class Known:
    """See `sync.judge.Reference`. Each question asks the database once for all its answers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._accounts_on: dict[str, frozenset[str]] = {}
        self._devices: dict[str, Device | None] = {}

    def place(self, code: str) -> bool:
        return code in self._places

    def category(self, code: str) -> bool:
        return code in self._categories

    def is_standing(self, category: str) -> bool:
        """Whether the category is a condition that stays until seen fixed."""
        return self._categories.get(category, False)

    def author(self, by: str) -> Author | None:
        return self._authors.get(by)

    def enrolled(self, device: str, by: str) -> bool:
        if self.is_store(device):
            return True
        if device not in self._accounts_on:
            wanted = sa.select(DeviceAccount.account).where(DeviceAccount.device == device)
            self._accounts_on[device] = frozenset(self._session.scalars(wanted))
        return by in self._accounts_on[device]

    def is_store(self, device: str) -> bool:
        row = self.device(device)
        return row is not None and row.kind != "phone"

    def device(self, device: str | None) -> Device | None:
        if device not in self._devices:
            self._devices[device] = self._session.get(Device, device) if device else None
        return self._devices[device]

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(self._session.scalars(sa.select(Place.code)))

    @cached_property
    def _categories(self) -> dict[str, bool]:
        return dict(self._session.execute(sa.select(Category.code, Category.standing)).all())

    @cached_property
    def _authors(self) -> dict[str, Author]:
        wanted = sa.select(Account.id, Account.org, Account.role)
        return {
            number: Author(org, frozenset((role,)))
            for number, org, role in self._session.execute(wanted)
        }
