"""Events beside presence, by weekday and hour from 06:00."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.measure import grid, spans
from fieldlog.measure.week import STOCKHOLM

FRIDAY, SATURDAY = 4, 5


def here(*parts):
    return datetime(*parts, tzinfo=STOCKHOLM)


def test_an_event_after_midnight_stands_in_the_night_before():
    counts = grid.of_events([here(2026, 11, 20, 21, 30), here(2026, 11, 21, 2, 59)])
    assert counts[FRIDAY] == [0, 0, 0, 0, 0, 1, 1, 0]
    assert sum(map(sum, counts)) == 2


def test_presence_is_cut_where_the_cells_meet():
    minutes = grid.of_presence([(here(2026, 11, 20, 20, 50), here(2026, 11, 21, 0, 15))])
    assert minutes[FRIDAY] == [0, 0, 0, 0, 10, 180, 15, 0]


def test_an_hour_shown_twice_holds_two_and_one_skipped_holds_none():
    night = [(here(2026, 10, 25, 0), here(2026, 10, 25, 6))]
    assert grid.of_presence(night, hours=1)[SATURDAY][18:] == [60, 60, 120, 60, 60, 60]
    night = [(here(2026, 3, 29, 0), here(2026, 3, 29, 6))]
    assert grid.of_presence(night, hours=1)[SATURDAY][18:] == [60, 60, 0, 60, 60, 60]


def test_the_columns_begin_at_six():
    assert grid.columns() == [6, 9, 12, 15, 18, 21, 0, 3]
    assert len(grid.columns(2)) == 12


def test_grids_of_places_add_up_cell_by_cell():
    one = grid.of_presence([(here(2026, 11, 20, 12), here(2026, 11, 20, 12, 20))])
    assert grid.added([one, one])[FRIDAY][2] == 40
    with pytest.raises(ValueError, match="no grid"):
        grid.added([])


@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
            st.integers(0, 3000),
        ).map(lambda s: (s[0], s[0] + timedelta(minutes=s[1]))),
        max_size=5,
    ),
    st.sampled_from([1, 2, 3]),
)
def test_the_cells_add_up_to_the_patrol_minutes(stretches, hours):
    cells = sum(map(sum, grid.of_presence(stretches, hours=hours)))
    assert cells == pytest.approx(spans.minutes(spans.covered(stretches)))
