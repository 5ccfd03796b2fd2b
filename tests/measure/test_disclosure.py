"""Small counts stay small counts, whatever a reader works out from the sums."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from fieldlog.measure import disclosure
from fieldlog.measure.disclosure import FEW, WITHHELD

BOUNDS = {FEW: (1, 4), WITHHELD: (0, None)}
COUNT = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 4, 5, 6, 9, 30])


def tables(most=5):
    return st.tuples(st.integers(1, most), st.integers(1, most)).flatmap(
        lambda size: st.lists(
            st.lists(COUNT, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        )
    )


def worked_out(full, equations):
    """{place: (lowest, highest)} a reader can work out of signs and sums, by linear programming."""
    places = list(full)
    bounds = [BOUNDS.get(full[at], (full[at], full[at])) for at in places]
    rows = [[one.get(at, 0) for at in places] for one in equations]
    found = {}
    for n, at in enumerate(places):
        if full[at] in BOUNDS:
            ends = [_end(n, sign, rows, bounds) for sign in (1, -1)]
            found[at] = ends[0], -ends[1] if ends[1] is not None else None
    return found


def _end(n, sign, rows, bounds):
    aim = [0] * len(bounds)
    aim[n] = sign
    answer = linprog(aim, A_eq=rows, b_eq=[0] * len(rows), bounds=bounds)
    assert answer.status in (0, 3), answer.message
    return answer.fun if answer.status == 0 else None


def of_table(shown):
    """What is shown by place, with the equations between them."""
    height, width = len(shown.cells), len(shown.cells[0])
    lines = [[*cells, total] for cells, total in zip(shown.cells, shown.rows, strict=True)]
    lines.append([*shown.columns, shown.total])
    full = {(i, j): value for i, line in enumerate(lines) for j, value in enumerate(line)}
    across = [{(i, j): 1 if j < width else -1 for j in range(width + 1)} for i in range(height + 1)]
    down = [{(i, j): 1 if i < height else -1 for i in range(height + 1)} for j in range(width + 1)]
    return full, across + down


def small_places(table):
    lines = [[*row, sum(row)] for row in table]
    lines.append([sum(column) for column in zip(*lines, strict=True)])
    return {(i, j) for i, line in enumerate(lines) for j, n in enumerate(line) if 0 < n < 5}


@settings(max_examples=60, deadline=None)
@given(tables())
def test_each_small_count_could_still_be_any_of_one_to_four(table):
    ranges = worked_out(*of_table(disclosure.publish(table)))
    for at in small_places(table):
        low, high = ranges[at]
        assert low <= 1 + 1e-6, f"{at} is at least {low}"
        assert high is None or high >= 4 - 1e-6, f"{at} is at most {high}"


def test_a_table_as_large_as_a_municipality_is_protected_too():
    dice = np.random.default_rng(9)
    table = dice.poisson(dice.gamma(0.6, 8, (10, 9))).tolist()
    full, equations = of_table(disclosure.publish(table))
    ranges = worked_out(full, equations)
    small = small_places(table)
    assert len(small) > 10
    for at in small:
        assert ranges[at][0] <= 1 + 1e-6
        assert ranges[at][1] is None or ranges[at][1] >= 4 - 1e-6
    assert sum(isinstance(value, int) for value in full.values()) > len(full) / 3


@given(tables())
def test_what_is_shown_is_true(table):
    shown = disclosure.publish(table)
    sums = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    for said, meant in [
        *zip(shown.cells, table, strict=True),
        (shown.rows, sums[0]),
        (shown.columns, sums[1]),
        ([shown.total], [sum(sums[0])]),
    ]:
        for one, count in zip(said, meant, strict=True):
            assert one == WITHHELD or one == (FEW if 0 < count < 5 else count)


@settings(max_examples=60, deadline=None)
@given(st.lists(COUNT, min_size=1, max_size=8))
def test_a_list_with_its_sum_is_protected(counts):
    shown, total = disclosure.publish_list(counts)
    full = dict(enumerate([*shown, total]))
    ranges = worked_out(full, [{n: 1 if n < len(counts) else -1 for n in full}])
    for n, count in enumerate([*counts, sum(counts)]):
        if 0 < count < 5:
            assert ranges[n][0] <= 1 + 1e-6
            assert ranges[n][1] is None or ranges[n][1] >= 4 - 1e-6


def test_a_lone_small_count_takes_another_with_it():
    assert disclosure.publish_list([3, 7, 12, 0]) == ([FEW, WITHHELD, 12, 0], 22)


def test_a_sure_zero_is_the_last_to_be_withheld():
    assert disclosure.publish_list([0, 4, 7, 12]) == ([0, FEW, WITHHELD, 12], 23)


def test_small_counts_that_fill_their_sum_are_not_given_away_by_it():
    shown, total = disclosure.publish_list([1, 1, 1, 1])
    assert total == FEW
    assert WITHHELD in shown


def test_a_table_without_small_counts_is_shown_whole():
    shown = disclosure.publish([[5, 0], [9, 30]])
    assert shown == disclosure.Published([[5, 0], [9, 30]], [5, 39], [14, 30], 44)


def test_only_one_to_four_are_small():
    assert [n for n in range(8) if disclosure.small(n)] == [1, 2, 3, 4]


@pytest.mark.parametrize("table", [[[1, 2], [3]], [[1, -1]]])
def test_what_is_no_table_of_counts_is_refused(table):
    with pytest.raises(ValueError, match=r"."):
        disclosure.publish(table)
