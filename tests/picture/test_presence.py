"""Days, windows and gaps of one place: visited, not visited, no data yet, and clocks that move."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from fieldlog.measure.dose import Visit
from fieldlog.measure.week import STOCKHOLM, Week
from fieldlog.measure.windows import Window
from fieldlog.picture.presence import Asked, Frame, line, presence_grid
from fieldlog.picture.silence import Silence

WEEK = Week(2026, 47)
EVENINGS = (Window(frozenset({1, 3, 5}), time(20), time(0)),)
PROMISE = Asked("HAG", "närvaro", visits=3, minutes=30, least=10, windows=EVENINGS)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(WEEK.monday + timedelta(days=day), time(hour, minute), STOCKHOLM)


def visit(begins: datetime, minutes: float, **said) -> Visit:
    return Visit(begins, begins + timedelta(minutes=minutes), **said)


def told(visits, heard, now=None, asked=PROMISE) -> dict:
    frame = Frame(WEEK, STOCKHOLM, now or at(8, 12))
    return line(asked, visits, frame, Silence(frame.over[1], {"k2": heard}, {"HAG": {"k2"}}, {}))


def states(found: dict) -> str:
    """One sign a day."""
    signs = {"visited": "V", "beyond": "+", "missed": "o", "unknown": "?", "coming": "c"}
    return "".join(signs.get(day["state"], "-") for day in found["days"])


def test_a_window_is_missed_only_when_everybody_there_was_heard_after_it():
    visits = [visit(at(0, 20, 30), 15)]
    assert states(told(visits, heard=at(8, 7))) == "V-o-o--"
    assert states(told(visits, heard=at(3, 1))) == "V-o-?--"
    assert states(told(visits, heard=None)) == "V-?-?--"


def test_what_may_still_come_makes_the_figures_at_least():
    visits = [visit(at(0, 20, 30), 15)]
    sure, unsure = told(visits, heard=at(8, 7)), told(visits, heard=at(3, 1))
    assert not sure["unknown"]
    assert sure["gap_minutes"] is not None
    assert unsure["unknown"]
    assert unsure["gap_minutes"] is None


def test_what_lies_ahead_is_neither_missed_nor_unknown():
    assert states(told([], heard=at(3, 11), now=at(3, 12))) == "o-o-c--"


def test_a_visit_on_a_day_without_a_window_is_beyond_the_promise():
    assert states(told([visit(at(1, 15), 12)], heard=at(8, 7))) == "o+o-o--"


def test_a_short_visit_lights_the_lamp_but_keeps_no_window():
    found = told([visit(at(0, 20, 30), 7)], heard=at(8, 7))
    assert states(found)[0] == "V"
    assert found["windows"] == [0, 3]
    assert found["short"] == [7]


def test_callouts_count_only_where_the_promise_says_so():
    visits = [visit(at(0, 20, 30), 15, kind="callout")]
    assert told(visits, heard=at(8, 7))["visits"] == 0
    with_them = Asked("HAG", visits=3, windows=EVENINGS, callouts=True)
    assert told(visits, heard=at(8, 7), asked=with_them)["visits"] == 1


def test_each_organisation_has_its_own_visits_and_minutes_are_the_union():
    joint = [visit(at(0, 20), 15, org="polisen"), visit(at(0, 20, 10), 20, org="kommunen")]
    found = told(joint, heard=at(8, 7))
    assert (found["visits"], found["minutes"]) == (1, 30)
    assert found["orgs"] == {"kommunen": 1, "polisen": 1}
    own = told(joint, heard=at(8, 7), asked=Asked("HAG", "närvaro", "polisen", visits=3))
    assert (own["visits"], own["minutes"]) == (1, 15)
    assert own["orgs"] == found["orgs"]  # who was there is told, whosever visits count


@pytest.mark.parametrize(
    ("week", "night", "minutes"),
    [(Week(2026, 43), date(2026, 10, 25), 180), (Week(2026, 13), date(2026, 3, 29), 60)],
    ids=["autumn", "spring"],
)
def test_a_visit_across_a_change_of_the_clocks_has_its_true_length(week, night, minutes):
    begins = datetime.combine(night, time(1, 30), STOCKHOLM)
    ends = datetime.combine(night, time(3, 30), STOCKHOLM)
    frame = Frame(week, STOCKHOLM, datetime(2027, 1, 1, tzinfo=UTC))
    silence = Silence(frame.over[1], {}, {}, {})
    found = line(Asked("HAG"), [Visit(begins, ends)], frame, silence)
    assert found["minutes"] == minutes
    assert found["days"][5]["visits"] == 1  # Saturday's night
    grid = presence_grid([[Visit(begins, ends)]], frame)
    assert sum(grid[5]) == minutes
