"""Calls commands as a shell does: by words and environment, judged by exit code and output."""

import json
import os

import pytest
from click.testing import CliRunner

from fieldlog.cli import main

SECRET = "only for tests, and long enough to be taken"


@pytest.fixture
def settings_of(monkeypatch):
    """Call it to set FIELDLOG_* variables and to take away all others."""

    def put(**values: str) -> None:
        for name in [name for name in os.environ if name.startswith("FIELDLOG_")]:
            monkeypatch.delenv(name)
        for name, value in values.items():
            monkeypatch.setenv(f"FIELDLOG_{name.upper()}", value)

    return put


class Shell:
    """`shell("store", "count")` is the command's exit code and what it said."""

    def __call__(self, *words: str, input: str | None = None):
        done = CliRunner().invoke(main, list(words), input=input, prog_name="fieldlog")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    def told(self, *words: str) -> dict:
        """What a command that succeeds says in JSON."""
        done = self(*words, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)


@pytest.fixture
def shell(settings_of, tmp_path):
    """At a centre with a database of its own, not yet made."""
    settings_of(database_url=f"sqlite:///{tmp_path / 'centre.db'}", secret_key=SECRET, name="c")
    return Shell()


@pytest.fixture
def centre(shell):
    """The same, ready: tables, categories, places, one officer and one supervisor."""
    shell.told("store", "init")
    org = ("--org-name", "Polisen", "--org-kind", "police")
    shell.told("account", "add", "alice", "--name", "Alice", "--org", "polisen", *org)
    return shell
