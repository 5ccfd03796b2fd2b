"""Each nightly run leaves a row, also one that was killed; the centre writes what it saw."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fieldlog.store import devices, nights
from fieldlog.store.database import writing
from fieldlog.store.tables import Log
from sync import chain

NIGHT = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
LATER = NIGHT + timedelta(days=3)
ZONE = "Europe/Stockholm"
DIGEST = "ab" * 32


def test_a_run_that_never_came_back_stands_without_an_end(store):
    nights.begin("nod-a", NIGHT, ZONE)
    (row,) = nights.latest()
    assert (row.node, row.night, row.finished_at, row.outcome) == (
        "nod-a", date(2026, 11, 20), None, None,
    )  # fmt: skip
    assert nights.last_complete("nod-a", LATER) is None


def test_a_run_that_ended_tells_what_it_did(store):
    row = nights.begin("nod-a", NIGHT, ZONE)
    done = NIGHT + timedelta(minutes=2)
    nights.finish(row, done, "ok", sent=12, verified=3, refused=0, digest=DIGEST, detail={})
    (told,) = nights.latest()
    assert (told.sent, told.verified, told.outcome, told.digest) == (12, 3, "ok", DIGEST)
    assert nights.last_complete("nod-a", LATER) == done
    assert nights.last_complete("nod-b", LATER) is None


def test_the_centre_has_one_row_a_node_and_night_and_the_last_word_counts(store):
    for differing, verified in ((3, 9), (0, 12)):
        nights.seen("nod-a", NIGHT, ZONE, differing=differing, verified=verified, digest=DIGEST)
    nights.seen("nod-b", NIGHT, ZONE, differing=1, verified=4, digest=DIGEST)
    nights.seen("nod-a", NIGHT + timedelta(days=1), ZONE, differing=0, verified=1, digest=DIGEST)
    rows = [(r.node, r.night.day, r.outcome, r.verified) for r in nights.latest()]
    assert rows == [("nod-a", 21, "ok", 1), ("nod-b", 20, "remark", 4), ("nod-a", 20, "ok", 12)]


def test_the_centre_counts_what_has_come_through_the_node_since_its_night_before(store):
    device, _token = devices.add_node("nod-a")
    told = {"differing": 0, "verified": 1, "digest": DIGEST}
    for day, have in enumerate((5, 5, 12)):
        with writing() as session:
            session.merge(a_log(device.id, have))
        nights.seen("nod-a", NIGHT + timedelta(days=day), ZONE, **told)
        nights.seen("nod-a", NIGHT + timedelta(days=day, hours=1), ZONE, **told)
    assert [row.sent for row in nights.latest()] == [7, 0, 5]


def a_log(node: str, have: int) -> Log:
    """A phone's log of `have` entries, come through the node."""
    start = chain.genesis("00" * 16)
    heard = {"first_at": NIGHT, "last_at": NIGHT, "base_hash": start, "hash": start}
    return Log(id=1, log="00" * 16, device="phone", via_node=node, have=have, **heard)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-20T23:59:00+01:00", 20),
        ("2026-11-21T05:59:00+01:00", 20),
        ("2026-11-21T06:00:00+01:00", 21),
        ("2026-10-25T04:59:00+00:00", 24),  # 05:59 the morning the clock goes back
        ("2026-10-25T05:00:00+00:00", 25),
        ("2026-03-29T03:59:00+00:00", 28),  # 05:59 the morning it goes forward
        ("2026-03-29T04:00:00+00:00", 29),
    ],
)
def test_a_night_belongs_to_the_day_before_until_six(moment, day):
    assert nights.operational_day(datetime.fromisoformat(moment), ZONE).day == day


def test_runs_that_never_came_back_are_failed_by_the_next_and_no_other_s(store):
    for node in ("nod-a", "nod-b"):
        nights.begin(node, NIGHT, ZONE)
    assert nights.bury("nod-a") == 1
    assert {row.node: row.outcome for row in nights.latest()} == {"nod-a": "failed", "nod-b": None}


def test_missed_nights_are_those_between_the_last_good_one_and_this(store):
    assert nights.missed("nod-a", NIGHT, ZONE) == 0
    nights.finish(nights.begin("nod-a", NIGHT, ZONE), NIGHT, "ok")
    later = [nights.missed("nod-a", NIGHT + timedelta(days=days), ZONE) for days in (0, 1, 4)]
    assert later == [0, 0, 3]
