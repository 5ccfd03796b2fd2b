"""The journey of real input, in small: a made-up file with the same irregularities."""

from pathlib import Path

import pytest

from tests.real.journey import Size, travel
from tests.real.table import table

MADE_UP = Path(__file__).parent / "made_up.jsonl"
SMALL = Size(phones=6, clones=2, rounds=3, faults=0.2)


def travelled(database: str, engine: str) -> None:
    report = travel(MADE_UP, database, engine, SMALL, shown=False)
    assert report.ok, table(report)
    assert report.told["rotations"] >= SMALL.clones
    assert report.told["kills of the centre"] == 1
    assert report.told["kills of nodes"] == 2


def test_every_event_arrives_once_at_a_centre_on_sqlite():
    travelled("", "SQLite")


@pytest.mark.postgres
def test_every_event_arrives_once_at_a_centre_on_postgresql(postgres):
    travelled(postgres.url(postgres.create()), "PostgreSQL")
