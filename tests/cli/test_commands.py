"""Each command does its one thing, says so, and refuses with a sentence and an exit code."""

import json
from pathlib import Path

import pytest

from fieldlog.access import login
from fieldlog.cli import COMMANDS
from fieldlog.cli.speech import opened
from fieldlog.data import load
from fieldlog.resources import resource
from fieldlog.store import audit

MADE_UP = Path(__file__).parents[1] / "real" / "made_up.jsonl"
PLACES = str(resource("data/sollentuna_places.geojson"))
PERIOD = {"from": "2026-01-01", "to": "2026-12-31"}
NOTHING = {"entries": 0, "visits": 0, "events": 0, "quarantined": 0, "logs": 0}


def test_help_names_every_command_and_the_exit_codes(shell):
    said = shell("--help").stdout
    assert all(name in said for name in COMMANDS)
    assert "Exit codes" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches_itself(shell, name):
    done = shell(name, "--help")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) > 5


def test_a_store_is_made_once_and_init_may_be_repeated(shell):
    first, second = shell.told("store", "init"), shell.told("store", "init")
    assert first["categories"] == 47
    assert (second["from"], second["to"], second["categories"]) == (first["to"], first["to"], 0)
    assert shell.told("store", "count") == NOTHING
    assert shell.told("store", "verify") == {"ok": True, "found": []}


@pytest.mark.parametrize(
    "words", [("store", "count"), ("places", "list"), ("node", "add", "x"), ("serve",)]
)
def test_a_database_without_tables_is_refused_with_what_to_do(shell, words):
    done = shell(*words)
    assert done.exit_code == 1
    assert "fieldlog store init" in done.stderr


def test_a_misspelt_setting_stops_every_command(shell, monkeypatch):
    monkeypatch.setenv("FIELDLOG_DATABSE_URL", "x")
    done = shell("store", "count")
    assert done.exit_code == 1
    assert "FIELDLOG_DATABSE_URL is no setting" in done.stderr


def test_a_database_that_can_not_be_reached_ends_in_a_sentence(shell, settings_of):
    settings_of(database_url="postgresql://nobody@127.0.0.1:1/none")
    done = shell("store", "count")
    assert done.exit_code == 1
    assert "can't be used" in done.stderr


def test_serving_without_a_secret_is_refused(centre, monkeypatch):
    monkeypatch.delenv("FIELDLOG_SECRET_KEY")
    done = centre("serve")
    assert done.exit_code == 1
    assert "FIELDLOG_SECRET_KEY is not set" in done.stderr


def test_an_account_needs_an_organisation_that_exists(centre):
    done = centre("account", "add", "bob", "--name", "Bob", "--org", "tullen")
    assert done.exit_code == 1
    assert "tullen" in done.stderr
    told = centre.told("account", "add", "bob", "--name", "Bob", "--org", "polisen")
    assert (told["login"], told["role"]) == ("bob", "field")


def test_a_supervisor_needs_a_good_password(centre):
    words = ("account", "add", "sara", "--name", "Sara", "--org", "polisen")
    words += ("--role", "supervisor", "--password-stdin")
    weak = centre(*words, input="short\n")
    assert weak.exit_code == 1
    assert "15" in weak.stderr
    assert centre(*words, input="blåbär på Edsbergs torg\n").exit_code == 0


def test_a_password_is_given_later_and_is_the_one_that_holds(centre):
    words = ("account", "password", "alice", "--password-stdin")
    assert "15" in centre(*words, input="short\n").stderr
    for password in ("vitsippor i Rotebro skog", "blåbär på Edsbergs torg"):
        assert centre(*words, input=f"{password}\n").exit_code == 0
    with opened():
        assert login.check("alice", "vitsippor i Rotebro skog") is None
        assert login.check("alice", "blåbär på Edsbergs torg").login == "alice"
        found = [row.what for row in audit.page(None, what=None, before=None, limit=9)]
    assert found == ["login.refused", *["accounts.password"] * 2, "accounts.add"]
    nobody = centre("account", "password", "mallory", "--password-stdin", input="x\n")
    assert (nobody.exit_code, "mallory" in nobody.stderr) == (1, True)


def test_a_code_comes_with_a_link_that_hides_it_from_servers_and_a_picture(centre):
    told = centre.told("device", "code", "alice", "--url", "https://log.example")
    assert told["link"] == f"https://log.example/app/#enrol={told['code']}"
    drawn = centre("device", "code", "alice").stdout
    assert "▄" in drawn
    assert "good for ten minutes" in drawn


def test_a_code_for_nobody_is_refused(centre):
    done = centre("device", "code", "mallory")
    assert done.exit_code == 1
    assert "mallory" in done.stderr


def test_a_node_is_given_its_token_once(centre):
    first, second = centre.told("node", "add", "nod-a"), centre.told("node", "add", "nod-b")
    assert first["token"] != second["token"]
    assert len(first["token"]) >= 43


@pytest.mark.parametrize(
    "words", [("node", "add", "x"), ("device", "code", "x"), ("places", "import", PLACES),
     ("promise", "import", PLACES)],
)  # fmt: skip
def test_what_belongs_to_the_centre_is_refused_at_a_node(centre, monkeypatch, words):
    monkeypatch.setenv("FIELDLOG_UPSTREAM", "http://127.0.0.1:1")
    done = centre(*words)
    assert done.exit_code == 1
    assert "centre" in done.stderr


@pytest.fixture
def promise(centre, tmp_path):
    """A document with a focus area and a commitment, as a municipality would write it."""
    centre("places", "import", PLACES)
    told = {
        "promises": [{"code": "lofte", "title": "Löfte", **PERIOD, "follow_up": "2026-12-01"}],
        "focuses": [{"code": "trygghet", "promise": "lofte", "title": "Trygghet"}],
        "commitments": [
            {"code": "kvall", "focus": "trygghet", "title": "Kvällar", "form": "presence", **PERIOD,
             "owner": "polisen", "places": ["HAG"], "visits": 3, "follow_up": "2026-12-01"}
        ],
    }  # fmt: skip
    file = tmp_path / "promise.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


def test_a_promise_is_brought_in_once_and_carried_out_as_it_was(centre, promise):
    counted = {"new": 3, "changed": 0, "same": 0, "wrong": 0}
    assert centre.told("promise", "import", str(promise), "--preview") == counted
    assert json.loads(centre("promise", "export").stdout)["commitments"] == []
    assert centre.told("promise", "import", str(promise)) == counted
    out = centre("promise", "export").stdout
    assert json.loads(out)["commitments"][0]["title"] == "Kvällar"
    promise.write_text(out, encoding="utf-8")
    assert centre.told("promise", "import", str(promise)) == {**counted, "new": 0, "same": 3}


def test_a_promise_with_a_fault_is_refused_whole_with_what_lacks(centre, promise):
    told = json.loads(promise.read_text())
    told["commitments"][0] |= {"owner": None, "places": []}
    promise.write_text(json.dumps(told))
    done = centre("promise", "import", str(promise))
    assert done.exit_code == 1
    assert "commitment kvall: lacks owner, place" in done.stderr
    assert json.loads(centre("promise", "export").stdout)["promises"] == []


def test_places_are_imported_and_listed(centre, tmp_path):
    assert centre.told("places", "import", PLACES) == {"added": 7, "changed": 0, "unchanged": 0}
    assert len(centre.told("places", "list")["places"]) == 7
    broken = tmp_path / "broken.geojson"
    broken.write_text(json.dumps({"features": load("categories.json")["tiles"]}))
    done = centre("places", "import", str(broken))
    assert done.exit_code == 1
    assert "Nothing was changed" in done.stderr


def test_published_events_are_imported_once(centre):
    words = ("import", "police-events", str(MADE_UP), "--account", "alice")
    assert centre.told(*words) == {"written": 48, "here_already": 0}
    assert centre.told(*words) == {"written": 0, "here_already": 48}
    assert centre.told("store", "count")["events"] == 48
    assert centre.told("store", "verify")["ok"]


def test_a_bad_line_tells_how_far_the_import_came(centre, tmp_path):
    file = tmp_path / "events.jsonl"
    file.write_text("{}\n")
    done = centre("import", "police-events", str(file), "--account", "alice")
    assert done.exit_code == 1
    assert "line 1" in done.stderr


def test_a_rebuild_makes_the_same_rows_again(centre):
    centre.told("import", "police-events", str(MADE_UP), "--account", "alice")
    before = centre.told("store", "count")
    assert centre("store", "rebuild").exit_code == 0
    assert centre("store", "rejudge").exit_code == 0
    assert centre.told("store", "count") == before


def test_the_centre_has_nowhere_to_sync_to(centre):
    done = centre("sync")
    assert done.exit_code == 1
    assert "is the centre" in done.stderr


def test_a_node_without_a_token_is_told_where_to_get_one(centre, monkeypatch):
    monkeypatch.setenv("FIELDLOG_UPSTREAM", "http://127.0.0.1:1")
    done = centre("sync")
    assert done.exit_code == 1
    assert "fieldlog node add" in done.stderr


def test_a_centre_out_of_reach_is_not_all_and_leaves_a_row(centre, monkeypatch):
    monkeypatch.setenv("FIELDLOG_UPSTREAM", "http://127.0.0.1:1")
    monkeypatch.setenv("FIELDLOG_UPSTREAM_TOKEN", "t" * 43)
    done = centre("sync", "--hurry", "--json")
    assert done.exit_code == 3
    told = json.loads(done.stdout)
    assert (told["outcome"], told["sent"]) == ("failed", 0)
    assert "network" in told["remark"]
