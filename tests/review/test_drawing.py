"""The two drawings of a record's page: places that hold for any clock and any log."""

from datetime import UTC, datetime, timedelta

import pytest

from fieldlog.review import drawing

SEEN = datetime(2026, 11, 22, 22, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("phone", "received"),
    [
        (SEEN, SEEN),
        (SEEN + timedelta(minutes=2), SEEN + timedelta(minutes=16)),
        (SEEN - timedelta(hours=2), SEEN + timedelta(days=3)),
        (datetime(1970, 1, 1, tzinfo=UTC), SEEN),
        (SEEN + timedelta(days=365), SEEN),
        (None, SEEN + timedelta(days=40)),
    ],
)
def test_every_clock_stands_on_the_axis_in_the_order_of_time(phone, received):
    drawn = drawing.clocks(SEEN, phone, received)
    points = [point for point in (drawn.observed, drawn.phone, drawn.received) if point]
    assert [p.x for p in sorted(points, key=lambda p: p.at)] == sorted(p.x for p in points)
    assert all(drawing.LEFT <= point.x <= drawing.RIGHT for point in points)
    assert 2 <= len(drawn.marks) <= drawing.MOST_STEPS + 1
    assert (drawn.marks[0].x, drawn.marks[-1].x) == (drawing.LEFT, drawing.RIGHT)


@pytest.mark.parametrize(
    ("seq", "base", "have", "shown"),
    [
        (58, 0, 63, list(range(54, 63))),
        (63, 0, 63, list(range(55, 64))),
        (1, 0, 3, [1, 2, 3]),
        (41, 40, 45, [41, 42, 43, 44, 45]),
    ],
)
def test_beads_are_the_entries_around_that_are_here(seq, base, have, shown):
    beads = drawing.beads(seq, {seq}, base, have)
    assert [bead.seq for bead in beads] == shown
    assert [bead.seq for bead in beads if bead.mine] == [seq]
