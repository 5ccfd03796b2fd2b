"""The nights: four textures, and a sentence for what did not go right."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from fieldlog.review import moments
from fieldlog.review.nights import squares
from fieldlog.store import devices, nights
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Night
from tests.review.test_log import text

TODAY = datetime.now(UTC).date()
DAYS = [TODAY - timedelta(days=back) for back in range(30, 0, -1)]


def run(back: int, outcome: str | None = "ok"):
    ended = None if outcome is None else datetime.now(UTC)
    night = TODAY - timedelta(days=back)
    return SimpleNamespace(night=night, outcome=outcome, finished_at=ended, detail=None)


@pytest.fixture
def here(app):
    with app.test_request_context():
        yield


def test_a_night_before_the_first_report_is_unknown_and_one_between_reports_is_missed(here):
    drawn = squares([run(10), run(8)], DAYS, TODAY - timedelta(days=10))
    kinds = {square.night: square.kind for square in drawn}
    assert kinds[TODAY - timedelta(days=11)] == "unknown"
    assert kinds[TODAY - timedelta(days=10)] == "ran"
    assert kinds[TODAY - timedelta(days=9)] == "missed"


def test_a_night_is_drawn_as_the_centre_saw_it_end(app):
    now = datetime.now(UTC) - timedelta(days=3)
    for differing, kind in ((0, "ran"), (1, "remark")):
        seen = nights.seen(
            "Nod A", now, "Europe/Stockholm", differing=differing, verified=2, digest="00"
        )
        row = reading().get(Night, seen)
        with app.test_request_context():
            assert [square.kind for square in squares([row], [row.night], row.night)] == [kind]


def test_a_node_that_never_reported_has_missed_nothing(here):
    assert Counter(square.kind for square in squares([], DAYS, None)) == {"unknown": 30}


def test_the_last_night_is_not_missed_until_it_has_had_its_time(here):
    yesterday = moments.operational_day(datetime.now(UTC)) - timedelta(days=1)
    drawn = squares([run(10)], [yesterday], TODAY - timedelta(days=10))
    assert drawn[0].kind == "unknown"


@pytest.mark.parametrize(
    ("outcomes", "kind"),
    [
        (["ok"], "ran"),
        (["remark"], "remark"),
        (["failed"], "missed"),
        ([None], "remark"),
        (["failed", "ok"], "ran"),
        (["ok", "failed"], "ran"),
    ],
)
def test_the_run_that_came_furthest_speaks_for_its_night(here, outcomes, kind):
    day = TODAY - timedelta(days=5)
    drawn = squares([run(5, outcome) for outcome in outcomes], [day], day)
    assert drawn[0].kind == kind


def test_a_missed_night_has_a_sentence_and_says_which_night_caught_up(visitor, cast):
    devices.add_node("Tureberg")
    with writing() as session:
        for back in (12, 10):
            session.add(night("Tureberg", back))
    page = text(visitor(cast.axel).get("/nights").text)
    assert "kördes inte" in page
    assert "tog igen det" in page
    assert "112 skickade, 4318 kontrollerade, 0 nekade, 1 min" in page


def test_a_new_node_is_hatched_with_a_sentence(visitor, cast):
    devices.add_node("Edsberg")
    page = text(visitor(cast.kerstin).get("/nights").text)
    assert "Ingen rapport ännu. Det är inte samma sak som uteblivna nätter." in page


def night(node: str, back: int) -> Night:
    began = datetime.now(UTC) - timedelta(days=back)
    return Night(
        node=node,
        night=TODAY - timedelta(days=back),
        started_at=began,
        finished_at=began + timedelta(seconds=71),
        outcome="ok",
        sent=112,
        verified=4318,
        refused=0,
    )
