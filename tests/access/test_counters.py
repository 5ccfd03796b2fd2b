"""Counts for the rate limits: right, forgotten in time, and without threads of their own."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from fieldlog.access.counters import Counters


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 11, 20, 22, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def test_a_key_counts_up_until_its_end_and_then_from_nothing(clock):
    counters = Counters()
    assert [counters.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert (counters.get("a"), counters.get("b")) == (3, 0)
    clock.shift(timedelta(seconds=60))
    assert counters.get("a") == 0
    assert counters.incr("a", 60) == 1


def test_the_end_is_that_of_the_first_count(clock):
    counters = Counters()
    counters.incr("a", 60)
    end = counters.get_expiry("a")
    clock.shift(timedelta(seconds=30))
    counters.incr("a", 60)
    assert counters.get_expiry("a") == end


def test_what_has_ended_is_forgotten_while_others_count(clock):
    counters = Counters()
    for number in range(100):
        counters.incr(f"address:{number}", 30)
    clock.shift(timedelta(seconds=90))
    counters.incr("another", 30)
    assert counters.reset() == 1


def test_many_threads_lose_no_count():
    counters, before = Counters(), threading.active_count()

    def count():
        for _ in range(500):
            counters.incr("a", 600)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counters.get("a") == 4_000
    assert threading.active_count() == before
