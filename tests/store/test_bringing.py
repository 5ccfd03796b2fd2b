"""Records from elsewhere end up in this store's own log, each once."""

from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest

from fieldlog.imports import police_events
from fieldlog.store import bringing, categories, counts, identity, people
from fieldlog.store.bringing import Brought

FILE = Path(__file__).parents[1] / "real" / "made_up.jsonl"
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def owner(store):
    identity.ensure("centre")
    categories.seed()
    people.add_org("polisen", "Polisen", "police")
    account = people.add_account("alice", "Alice", "polisen", "supervisor")
    return SimpleNamespace(id=account.id, org=account.org)


def found():
    return (Brought("event", f.rid, f.at, f.body) for f in police_events.read(FILE))


def test_everything_is_written_and_a_second_run_adds_nothing(owner, monkeypatch):
    monkeypatch.setattr(bringing, "BATCH", 10)
    assert sum(written for written, _ in bringing.bring(found(), owner)) == 48
    counted = counts.count()
    assert (counted["entries"], counted["events"], counted["quarantined"]) == (49, 48, 0)
    assert list(bringing.bring(found(), owner)) == [(0, 10)] * 4 + [(0, 8)]
    assert counts.count() == counted


def test_an_interrupted_run_is_gone_on_with(owner, monkeypatch):
    monkeypatch.setattr(bringing, "BATCH", 10)
    list(islice(bringing.bring(found(), owner), 2))
    assert counts.count()["events"] == 20
    list(bringing.bring(found(), owner))
    assert counts.count()["events"] == 48


def test_one_that_comes_twice_in_a_batch_is_written_once(owner):
    one = next(found())
    assert list(bringing.bring([one, one], owner)) == [(1, 1)]
    assert counts.count()["events"] == 1
