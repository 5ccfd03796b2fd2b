"""What a place got."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.measure import dose
from fieldlog.measure.dose import Visit

ZERO = datetime(2026, 11, 20, 18, tzinfo=UTC)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
PERIOD = (ZERO, ZERO + timedelta(days=7))


def at(minutes):
    return ZERO + timedelta(minutes=minutes)


def visit(begins, ends, org="polisen", crew=1, kind="planned"):
    return Visit(at(begins), at(ends), org, crew, kind)


VISITS = st.lists(
    st.builds(
        lambda begins, length, org, crew: visit(begins, begins + length, org, crew),
        st.integers(0, 300),
        st.integers(0, 40),
        st.sampled_from(["polisen", "kommunen"]),
        st.integers(1, 9),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("pairs", "minutes"),
    [
        ([(0, 15), (5, 20)], 20),
        ([(0, 15), (15, 30)], 30),
        ([(0, 10), (12, 20), (13, 14)], 18),
        ([], 0),
    ],
)
def test_patrol_minutes_are_those_of_the_union(pairs, minutes):
    assert dose.patrol_minutes(visit(*pair) for pair in pairs) == minutes


def test_two_officers_of_one_patrol_who_both_tap_are_one_patrol_with_its_largest_crew():
    assert dose.officer_minutes([visit(0, 15, crew=2), visit(5, 20, crew=3)]) == 20 * 3


def test_patrols_that_only_follow_upon_each_other_are_two():
    assert dose.officer_minutes([visit(0, 15, crew=2), visit(15, 30, crew=3)]) == 15 * 2 + 15 * 3


def test_officers_of_two_organisations_add_up_where_their_minutes_do_not():
    joint = [visit(0, 15, crew=2), visit(0, 15, "kommunen", crew=1)]
    assert dose.officer_minutes(joint) == 45
    assert dose.patrol_minutes(joint) == 15


def test_visits_are_merged_across_gaps_under_five_minutes():
    assert len(dose.merged([visit(0, 10), visit(14, 20), visit(25, 30)])) == 2


def test_a_visit_counts_as_much_as_lies_in_the_period():
    found = dose.dose([visit(-10, 20, crew=2), visit(-30, -20)], PERIOD)
    assert found == dose.Dose(patrol_minutes=20, officer_minutes=40, visits=1)


def test_a_visit_without_length_is_a_visit_without_minutes():
    assert dose.dose([visit(0, 0)], PERIOD) == dose.Dose(0, 0, 1)
    assert dose.dose([visit(7 * 1440, 7 * 1440)], PERIOD) == dose.Dose(0, 0, 0)


def test_a_visit_that_ends_as_the_period_begins_is_not_in_it():
    assert dose.dose([visit(-20, 0)], PERIOD) == dose.Dose(0, 0, 0)


def test_callouts_count_only_when_asked_for():
    visits = [visit(0, 15), visit(60, 90, kind="callout")]
    assert dose.dose(visits, PERIOD).patrol_minutes == 15
    assert dose.dose(visits, PERIOD, callouts=True).patrol_minutes == 45


def test_each_organisation_has_its_own_dose():
    found = dose.by_organisation([visit(0, 15), visit(0, 20, "kommunen", 2)], PERIOD)
    assert found == {"kommunen": dose.Dose(20, 40, 1), "polisen": dose.Dose(15, 15, 1)}


@pytest.mark.parametrize(
    ("begins", "ends", "minutes"),
    [
        ((2026, 3, 29, 1, 30), (2026, 3, 29, 3, 30), 60),
        ((2026, 10, 25, 1, 30), (2026, 10, 25, 3, 30), 180),
        ((2026, 3, 28, 22), (2026, 10, 25, 22), 211 * 1440),
        ((2026, 3, 28, 22), (2026, 10, 24, 22), 210 * 1440 - 60),
        ((2026, 10, 24, 22), (2027, 3, 28, 22), 155 * 1440),
    ],
)
def test_a_visit_across_a_clock_change_has_its_true_length(begins, ends, minutes):
    across = Visit(datetime(*begins, tzinfo=STOCKHOLM), datetime(*ends, tzinfo=STOCKHOLM))
    assert dose.patrol_minutes([across]) == minutes
    assert dose.officer_minutes([across]) == minutes


def test_visits_in_the_hour_that_comes_twice_do_not_overlap():
    twice = [
        Visit(
            datetime(2026, 10, 25, 2, 10, tzinfo=STOCKHOLM, fold=fold),
            datetime(2026, 10, 25, 2, 25, tzinfo=STOCKHOLM, fold=fold),
        )
        for fold in (0, 1)
    ]
    assert dose.patrol_minutes(twice) == 30
    assert len(dose.merged(twice)) == 2


@given(VISITS, st.randoms(use_true_random=False))
def test_the_order_of_visits_does_not_matter(visits, dice):
    shuffled = visits[:]
    dice.shuffle(shuffled)
    assert dose.dose(shuffled, PERIOD) == dose.dose(visits, PERIOD)


@given(VISITS)
def test_patrol_minutes_never_exceed_officer_minutes_nor_these_the_sum(visits):
    found = dose.dose(visits, PERIOD)
    lengths = [(v.ends - v.begins).total_seconds() / 60 for v in visits]
    assert found.patrol_minutes <= found.officer_minutes
    assert found.patrol_minutes <= sum(lengths)
    assert found.visits <= len(visits)


@given(VISITS, st.integers(0, 400))
def test_a_period_cut_in_two_has_the_same_patrol_minutes(visits, cut):
    parts = [(PERIOD[0], at(cut)), (at(cut), PERIOD[1])]
    halves = sum(dose.dose(visits, part).patrol_minutes for part in parts)
    assert halves == pytest.approx(dose.dose(visits, PERIOD).patrol_minutes)


@pytest.mark.parametrize(
    ("minutes", "name"),
    [(4.9, "passing"), (5, "short"), (9.99, "short"), (10, "effective"), (16.5, "effective"),
     (17, "long")],
)  # fmt: skip
def test_length_classes_go_by_whole_minutes(minutes, name):
    assert dose.length_class(minutes) == name


def test_the_ratio_is_unknown_where_nothing_was_asked():
    assert dose.ratio(44, 60) == pytest.approx(0.7333, abs=1e-4)
    assert dose.ratio(44, 0) is None
    assert dose.ratio(44, None) is None


def test_a_visit_that_ends_before_it_begins_has_no_length():
    assert dose.dose([visit(10, 5)], PERIOD) == dose.Dose(0, 0, 1)


def test_a_visit_is_kept_in_utc():
    local = Visit(*[datetime(2026, 11, 20, 19, n, tzinfo=STOCKHOLM) for n in (0, 9)])
    assert local == visit(0, 9, org="")
    assert local.begins.tzinfo is local.ends.tzinfo is UTC
