"""The demo is made through the real protocol, stays the same, and keeps off real data."""

import json
import stat
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import func, select

from fieldlog.cli import demo_
from fieldlog.cli.speech import opened
from fieldlog.config import Settings
from fieldlog.data import load
from fieldlog.demo import cast
from fieldlog.demo.folder import Folder, password
from fieldlog.measure.week import week_of
from fieldlog.store import bundles, counts, nights, people, promises, verify
from fieldlog.store.database import reading
from fieldlog.store.tables import Event, Log, Quarantine, Visit

BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """(folder, what is kept, settings) of a demo made once for all these tests."""
    where = Folder(tmp_path_factory.mktemp("demo") / "demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("FIELDLOG_DATABASE_URL", raising=False)
        return where, *demo_.prepare(where, BASE)


@pytest.fixture
def inside(made):
    """Within the demo's own app."""
    with opened(made[2]) as app:
        yield app


def test_a_month_of_patrols_has_reached_the_centre(inside):
    counted = counts.count()
    assert counted["visits"] > 240
    assert counted["events"] > 60
    assert counted["logs"] == 4
    assert verify.verify(lambda _: None) == []


def test_the_weeks_of_the_month_have_something_to_be_measured_against(inside):
    here = week_of(datetime.now(UTC))
    for week in (*here.before(4), here):
        asked = promises.targets(week)
        assert {one.org for one in asked} == {"polisen", "kommunen"}
        assert all(one.example for one in asked)
    oldest = reading().scalar(select(func.min(Visit.observed_at)))
    assert oldest < here.before(4)[0].span()[1]


def test_a_phone_is_told_what_is_asked_and_got_also_at_the_node(made, inside):
    def plan() -> dict:
        told = json.loads(bundles.bundle("plan")[1])["places"]
        return {place["code"]: place["target"] for place in told}

    at_centre = plan()
    assert at_centre == {"HAG": 4, "HEL": 3, "NOR": 3, "ROT": 3, "SOC": 4, "SOL": 4, "STI": 3}
    with opened(replace(made[2], database_url=made[0].database("node"))):
        assert plan() == at_centre


@pytest.mark.parametrize(
    ("year", "promise", "agreement"),
    [
        (2017, "lofte-2017", "overenskommelse-2017"),
        (2018, "lofte-2017", "overenskommelse-2017"),
        (2019, "lofte-2019", "overenskommelse-2019"),
        (2021, "lofte-2021", None),
        (2022, "lofte-2021", None),
        (2023, "lofte-2023", "overenskommelse-2023"),
        (2024, "lofte-2023", "overenskommelse-2023"),
        (2025, None, "overenskommelse-2023"),
    ],
)
def test_what_sollentuna_published_stands_in_its_years(inside, year, promise, agreement):
    then = promises.standing(date(year, 6, 1))
    assert [one.code for one in then.promises if not one.example] == [promise] * bool(promise)
    assert [one.code for one in then.agreements] == [agreement] * bool(agreement)


def test_each_published_thing_names_its_source_and_marks_what_was_never_published(inside):
    history = load("sollentuna_promises.json")
    for one in (*history["agreements"], *history["promises"], *history["focuses"]):
        assert one["sources"]
    for one in history["commitments"]:
        assert one["sources"]
        numbers = {"visits", "minutes_per_visit", "count"} & one.keys()
        assert numbers | {"follow_up", "owner"} <= set(one["examples"])
    assert all("address" in one for one in history["sources"])


def test_the_store_shows_what_a_week_has(inside):
    session = reading()
    codes = set(session.scalars(select(Quarantine.code)))
    assert codes == {"unknown_place"}
    assert set(session.scalars(select(Visit.ended_by))) >= {"tap", "auto", "backfill", None}
    assert set(session.scalars(select(Event.standing))) == {None, "open", "fixed"}
    assert True in set(session.scalars(select(Event.amended)))
    assert True in set(session.scalars(select(Visit.conflict)))
    assert "withdrawn" in set(session.scalars(select(Event.state)))


def test_the_node_has_had_its_nights(inside):
    every = nights.latest(100)
    assert {row.outcome for row in every} == {"ok"}
    rows = [row for row in every if row.node == cast.NODE]
    assert len({row.night for row in rows}) == len(rows) >= 7


def test_what_came_through_the_node_is_what_its_nights_sent(inside):
    rows = [row for row in nights.latest(100) if row.node == cast.NODE]
    through = select(func.sum(Log.have)).where(Log.via_node.is_not(None))
    assert sum(row.sent for row in rows) == reading().scalar(through)


def test_everyone_has_a_role_and_a_password_of_their_own(made, inside):
    kept = made[1]
    assert {person.role for person in cast.PEOPLE} == {
        "field", "supervisor", "coordinator", "admin", "auditor",
    }  # fmt: skip
    assert len(set(kept.passwords.values())) == len(cast.PEOPLE)
    for person in cast.PEOPLE:
        assert people.by_login(person.login).role == person.role
        assert kept.passwords[person.login] in demo_.who(kept)


def test_the_next_start_only_serves_with_the_same_passwords(made, monkeypatch):
    monkeypatch.delenv("FIELDLOG_DATABASE_URL", raising=False)
    monkeypatch.setattr(demo_.build, "build", None)  # would fail if it were called
    assert demo_.prepare(made[0], BASE) == made[1:]


def test_what_is_kept_is_its_owners_alone(made):
    mode = (made[0].path / "demo.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_database_with_people_in_it_is_left_alone(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'real.db'}"
    monkeypatch.setenv("FIELDLOG_DATABASE_URL", url)
    with opened(Settings(database_url=url)):
        demo_.build.schema.upgrade()
        people.add_org("polisen", "Polisen", "police")
        people.add_account("alice", "Alice", "polisen", "field")
    with pytest.raises(SystemExit):
        demo_.prepare(Folder(tmp_path / "demo"), BASE)
    with opened(Settings(database_url=url)):
        assert counts.count()["logs"] == 0
        assert people.by_login("sara") is None


def test_a_demo_cut_short_is_made_again(made, tmp_path, monkeypatch):
    monkeypatch.delenv("FIELDLOG_DATABASE_URL", raising=False)
    where = Folder(tmp_path / "demo")
    copytree(made[0].path, where.path, dirs_exist_ok=True)
    kept = json.loads((where.path / "demo.json").read_text()) | {"whole": False}
    (where.path / "demo.json").write_text(json.dumps(kept))
    asked = []
    monkeypatch.setattr(demo_.build, "build", lambda *given: asked.append(given))
    demo_.prepare(where, BASE)
    assert len(asked) == 1
    assert not list(Path(where.path).glob("*.db"))


def test_a_password_can_be_typed_and_not_guessed():
    assert len({password() for _ in range(100)}) == 100
    assert all(len(password()) >= 15 for _ in range(10))
