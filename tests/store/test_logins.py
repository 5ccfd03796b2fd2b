"""Failed logins are counted one by one, also the first of a name at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from sqlalchemy import select

from fieldlog.store import logins
from fieldlog.store.database import reading
from fieldlog.store.tables import LoginWait
from tests.support.databases import opened

NOW = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
NAMES, PATIENCE_S = [f"name-{number}" for number in range(20)], 60


def test_two_first_tries_at_once_are_both_counted(database_url):
    together = Barrier(2)

    def work(_number: int) -> list:
        with opened(database_url):
            waits = []
            for name in NAMES:
                together.wait(PATIENCE_S)
                waits.append(logins.claim(name, NOW))
            return waits

    with ThreadPoolExecutor(2) as pool:
        waits = list(pool.map(work, range(2)))
    assert waits == [[None] * len(NAMES)] * 2
    with opened(database_url):
        assert set(reading().scalars(select(LoginWait.failures))) == {2}
