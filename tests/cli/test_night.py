"""`fieldlog night`: one at a time, checked, red after a day, and somebody is told."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from fieldlog import config
from fieldlog.cli.speech import opened
from fieldlog.store import hooks, outbox, people
from fieldlog.store.database import writing
from fieldlog.store.tables import Entry, Identity, Night
from tests.cli.receiver import receiving

MADE_UP = Path(__file__).parents[1] / "real" / "made_up.jsonl"
TOKEN = "t" * 43
# apprise reads all its plugins at the first notice; one imports what Python has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")


@pytest.fixture
def kept(centre):
    """A centre with records."""
    centre.told("import", "police-events", str(MADE_UP), "--account", "alice")
    return centre


def change(statement) -> None:
    with opened(), writing() as session:
        session.execute(statement)


def grown_old() -> None:
    """The store was made, and every night of it ended, two days ago."""
    then = datetime.now(UTC) - timedelta(days=2)
    change(sa.update(Identity).values(created_at=then))
    change(sa.update(Night).values(started_at=then, finished_at=then))


def rows() -> list[Night]:
    with opened():
        from fieldlog.store import nights

        return nights.latest()


def test_a_night_at_the_centre_checks_all_that_is_kept_and_leaves_its_row(kept):
    told = kept.told("night")
    assert told["outcome"] == "ok"
    assert told["check"]["entries"] == kept.told("store", "count")["entries"]
    assert told["check"]["faults"] == told["red"] == []
    (row,) = rows()
    assert (row.node, row.outcome, row.detail["check"]["faults"]) == ("c", "ok", [])


def test_a_second_one_at_the_same_time_is_refused_with_its_own_code(kept, monkeypatch):
    with opened(), outbox.lock() as mine:
        assert mine
        assert kept("night").exit_code == 4
        monkeypatch.setenv("FIELDLOG_UPSTREAM", "http://127.0.0.1:1")
        monkeypatch.setenv("FIELDLOG_UPSTREAM_TOKEN", TOKEN)
        done = kept("sync")
        assert done.exit_code == 4
        assert "Another fieldlog sync is running" in done.stderr
    assert rows() == []
    monkeypatch.delenv("FIELDLOG_UPSTREAM")
    monkeypatch.delenv("FIELDLOG_UPSTREAM_TOKEN")
    assert kept("night").exit_code == 0


def test_damage_is_red_at_once_and_stays_so_until_it_is_made_good(kept):
    change(sa.update(Entry).where(Entry.seq == 3).values(hash=b"\x01" * 32))
    done = kept("night", "--json")
    assert done.exit_code == 5
    told = json.loads(done.stdout)
    assert told["outcome"] == "remark"
    assert "the chain breaks at entry 3" in told["check"]["faults"][0]
    assert [(red["node"], red["kind"]) for red in told["red"]] == [("c", "damaged")]
    assert kept("night", "--status").exit_code == 5


def test_a_day_without_a_whole_night_is_red_in_the_exit_code_and_a_night_mends_it(kept):
    kept.told("night")
    assert kept("night", "--status").exit_code == 0
    grown_old()
    done = kept("night", "--status")
    assert done.exit_code == 5
    assert "RED: c: no whole night since" in done.stdout
    assert len(rows()) == 1  # it only told
    told = kept.told("night")
    assert (told["red"], told["missed"]) == ([], 1)


def test_a_night_takes_away_what_webhooks_were_told_long_ago(kept):
    long_ago = datetime.now(UTC) - hooks.KEPT - timedelta(days=1)
    with opened():
        account = people.by_login("alice").id
        hook = hooks.add("polisen", "https://x.example/", [hooks.ACUTE], account, long_ago)
        for when in (long_ago, datetime.now(UTC)):
            hooks.trial(hook, when)
        for due in hooks.due(datetime.now(UTC)):
            hooks.done(due.id, "204", datetime.now(UTC))
    assert [kept.told("night")["pruned"] for _ in range(2)] == [1, 0]


def test_a_killed_run_is_failed_by_the_next(kept):
    with opened() as app:
        from fieldlog.store import nights

        nights.begin("c", datetime.now(UTC), app.config["SETTINGS"].timezone)
    kept.told("night")
    assert [row.outcome for row in rows()] == ["ok", "failed"]


def test_a_webhook_is_told_what_to_do_and_nothing_that_anybody_wrote(kept, monkeypatch):
    kept.told("night")
    grown_old()
    change(sa.update(Entry).where(Entry.seq == 3).values(hash=b"\x01" * 32))
    with receiving() as (address, came):
        monkeypatch.setenv("FIELDLOG_NOTIFY", address)
        done = kept("night", "--json")
    assert json.loads(done.stdout)["noticed"] is True, done.stderr
    (notice,) = came
    assert "c behöver någon" in notice["title"]
    assert "fieldlog store verify" in notice["message"]
    assert "har inte haft någon hel natt sedan" in notice["message"]
    assert "Polisen" not in str(notice)


def test_a_good_night_tells_nobody(kept, monkeypatch):
    with receiving() as (address, came):
        monkeypatch.setenv("FIELDLOG_NOTIFY", address)
        assert kept.told("night")["noticed"] is None
    assert came == []


@pytest.mark.parametrize(
    "address", ["json://127.0.0.1:1/nobody", "no-such-thing://x", "json://", "REFUSING"]
)
def test_a_notice_that_can_t_be_sent_fails_no_night(kept, monkeypatch, address):
    monkeypatch.setenv("FIELDLOG_UPSTREAM", "http://127.0.0.1:1")
    monkeypatch.setenv("FIELDLOG_UPSTREAM_TOKEN", TOKEN)
    with receiving(500) as (refusing, _came):
        monkeypatch.setenv("FIELDLOG_NOTIFY", refusing if address == "REFUSING" else address)
        done = kept("night", "--hurry", "--json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["noticed"] is False
    assert rows()[0].outcome == "failed"


def test_without_apprise_it_is_said_how_to_get_it(kept, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "apprise", None)
    monkeypatch.setenv("FIELDLOG_NOTIFY", "json://127.0.0.1:1")
    grown_old()
    change(sa.update(Entry).where(Entry.seq == 3).values(hash=b"\x01" * 32))
    done = kept("night", "--json")
    assert done.exit_code == 5
    assert "fieldlog[notify]" in done.stderr


def test_addresses_are_a_secret_and_split_at_spaces(monkeypatch):
    read = config.read({"FIELDLOG_NOTIFY": "mailto://a:b@c?to=d,e\n json://f"})
    assert read.notify == ("mailto://a:b@c?to=d,e", "json://f")
    assert "a:b" not in repr(read)
