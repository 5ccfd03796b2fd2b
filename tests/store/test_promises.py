"""What was promised is found again as it was in force, and what it asks follows week by week."""

from datetime import date, time, timedelta

import pytest
from marshmallow import ValidationError

from fieldlog.measure.week import Week
from fieldlog.measure.windows import Window
from fieldlog.store import promises, versions
from fieldlog.store.versions import DRAFT, ENDED
from tests.store.agreed import NOW, PRESENCE, WALKS, YEAR, promised, publish

THIS, NEXT = Week(2026, 47), Week(2026, 48)
MONDAY = date(2026, 11, 16)


def asked(period) -> list[tuple]:
    return [(str(t.week), t.place, t.visits, t.minutes) for t in promises.targets(period)]


def test_a_commitment_of_presence_asks_its_places_each_week(centre):
    promised(places=["ROT", "SOL"])
    one, two = promises.targets(THIS)
    assert (one.place, two.place) == ("ROT", "SOL")
    assert (one.commitment, one.org, one.joint) == ("kvallar", "polisen", False)
    assert (one.visits, one.minutes_per_visit, one.minutes) == (3, 15, 45)
    assert one.windows == (Window(frozenset({5, 6}), time(21), time(2)),)
    assert not one.counts_callouts
    assert not one.example


def test_minutes_asked_as_such_are_not_worked_out(centre):
    promised(visits=None, minutes_per_visit=None, minutes=120)
    assert asked(THIS) == [("2026-W47", "ROT", None, 120)]


def test_a_commitment_that_is_counted_asks_no_place(centre):
    promised()
    publish("commitment", "vandringar", WALKS)
    assert [t.commitment for t in promises.targets(THIS)] == ["kvallar"]


def test_a_target_changed_today_changes_no_week_before(centre):
    promised()
    before = asked((date(2026, 10, 1), date(2026, 11, 15)))
    assert len(before) == 6
    publish("commitment", "kvallar", PRESENCE | {"visits": 5}, since=MONDAY, now=NOW)
    assert asked((date(2026, 10, 1), date(2026, 11, 15))) == before
    assert asked(THIS) == [("2026-W47", "ROT", 5, 75)]


def test_what_was_published_is_not_changed_back_in_time(centre):
    promised()
    with pytest.raises(promises.TooLate):
        publish("commitment", "kvallar", PRESENCE | {"visits": 5}, since=date(2026, 11, 15))
    assert asked(THIS) == [("2026-W47", "ROT", 3, 45)]


def test_a_change_from_next_monday_leaves_this_week(centre):
    promised()
    publish("commitment", "kvallar", PRESENCE | {"visits": 1}, since=NEXT.monday)
    assert asked((MONDAY, NEXT.monday)) == [("2026-W47", "ROT", 3, 45), ("2026-W48", "ROT", 1, 15)]


def test_a_draft_asks_nothing_and_disturbs_nothing(centre):
    promised()
    draft = PRESENCE | {"visits": 9}
    for code in ("kvallar", "ny"):
        promises.keep(promises.Edit("commitment", code, draft, DRAFT, MONDAY), NOW)
    assert asked(THIS) == [("2026-W47", "ROT", 3, 45)]


def test_what_has_ended_asks_no_more_but_did_before(centre):
    promised()
    promises.keep(promises.Edit("commitment", "kvallar", PRESENCE, ENDED, NEXT.monday), NOW)
    assert asked((MONDAY, NEXT.monday)) == [("2026-W47", "ROT", 3, 45)]


def test_a_week_is_asked_when_its_monday_is_in_the_period(centre):
    promised(**YEAR | {"from": "2026-11-17", "to": "2026-11-30"})
    weeks = [week for week, *_ in asked((date(2026, 11, 1), date(2026, 12, 31)))]
    assert weeks == ["2026-W48", "2026-W49"]


def test_a_figure_that_was_never_published_is_told_to_be_an_example(centre):
    promised(examples=["visits"])
    assert promises.targets(THIS)[0].example


def test_standing_tells_what_was_in_force_on_a_day(centre):
    promised()
    publish("source", "annan", {"title": "En källa som ingen nämner", "form": "survey"})
    now = promises.standing(NOW.date())
    assert [one.title for one in now.agreements] == ["Överenskommelse"]
    assert [one.code for one in now.promises] == ["lofte"]
    assert [one.promise for one in now.focuses] == ["lofte"]
    assert [(one.owner, one.follow_up) for one in now.commitments] == [
        ("polisen", date(2026, 12, 10))
    ]
    assert [one.title for one in now.sources] == ["Invånardialog i Rotebro"]
    after = promises.standing(date(2027, 1, 1))
    assert (after.agreements, after.promises, after.focuses, after.commitments) == ((),) * 4


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ({"owner": None}, ("owner",)),
        ({"places": []}, ("place",)),
        ({"to": None}, ("period",)),
        ({"visits": None}, ("number",)),
        ({"follow_up": None}, ("follow_up",)),
        ({"focus": None}, ("parent",)),
        ({"form": "count"}, ("number",)),
    ],
)
def test_a_commitment_is_published_only_when_it_can_be_followed_up(centre, said, lacks):
    promised()
    with pytest.raises(promises.NotReady) as refused:
        publish("commitment", "ny", PRESENCE | said)
    assert refused.value.missing == lacks
    assert versions.history("commitment", "ny") == []


def test_a_count_needs_no_place(centre):
    promised()
    assert publish("commitment", "vandringar", WALKS)


@pytest.mark.parametrize(
    "said",
    [{"places": ["NIX"]}, {"owner": "nix"}, {"focus": "nix"}, {"sources": ["nix"]}],
    ids=lambda said: next(iter(said)),
)
def test_what_a_thing_names_is_there(centre, said):
    promised()
    with pytest.raises(promises.Unknown) as refused:
        publish("commitment", "ny", PRESENCE | said)
    assert [name.lower() for name in refused.value.names] == ["nix"]


def test_every_edit_keeps_the_one_before_with_who_when_and_why(centre):
    promised()
    later = NOW + timedelta(hours=1)
    body = PRESENCE | {"visits": 4}
    publish("commitment", "kvallar", body, MONDAY, later, by="sara", why="Fler ville")
    first, second = versions.history("commitment", "kvallar")
    assert (first.body["visits"], first.made_at, first.made_by) == (3, NOW, None)
    assert (second.body["visits"], second.made_at) == (4, later)
    assert (second.made_by, second.why) == ("sara", "Fler ville")


def test_saying_the_same_again_makes_no_version(centre):
    promised()
    assert not publish("focus", "offentliga", {"title": "Offentliga platser", "promise": "lofte"})
    assert len(versions.history("focus", "offentliga")) == 1


def test_two_who_edit_the_same_version_do_not_undo_each_other(centre):
    promised()
    publish("commitment", "kvallar", PRESENCE | {"visits": 4}, MONDAY, after=1)
    for stale in (1, 9):
        with pytest.raises(versions.Overtaken):
            publish("commitment", "kvallar", PRESENCE | {"visits": 5}, MONDAY, after=stale)
    assert asked(THIS) == [("2026-W47", "ROT", 4, 60)]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"),
        ({"from": "igår"}, "from"),
        ({"to": "2025-01-01"}, "_schema"),
        ({"text": "Ring 19121212-1212"}, "text"),
        ({"title": "Två\nrader"}, "title"),
        ({"unit": "vandringar\u202e"}, "unit"),
        ({"visits": 0}, "visits"),
        ({"visits": "3"}, "visits"),
        ({"windows": [{"weekdays": [8], "from": "21:00", "to": "02:00"}]}, "windows"),
        ({"windows": [{"weekdays": [5], "from": "21", "to": "kväll"}]}, "windows"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_body_that_is_not_one_is_refused_with_the_field(centre, said, field):
    promised()
    with pytest.raises(ValidationError) as refused:
        publish("commitment", "ny", PRESENCE | said)
    assert list(refused.value.messages) == [field]


def test_what_was_kept_reads_back_as_it_was_said(centre):
    promised()
    said = PRESENCE | {
        "text": "Två\nrader",
        "joint": True,
        "callouts": True,
        "examples": ["visits"],
    }
    publish("commitment", "ny", said)
    assert versions.history("commitment", "ny")[0].body == said
