"""Settings from the environment: each read once, and a bad one stops the start with a sentence."""

from dataclasses import FrozenInstanceError, fields

import pytest

from fieldlog import config
from fieldlog.config import BadSetting, Settings

SECRET = "x" * 32


def test_without_anything_set_the_defaults_hold():
    settings = config.read({})
    assert settings.database_url.endswith("/fieldlog.db")
    assert settings.timezone == "Europe/Stockholm"
    assert settings.role == "centre"


def test_a_store_with_an_upstream_is_a_node():
    assert config.read({"FIELDLOG_UPSTREAM": "https://centre.example/"}).role == "node"


def test_nobody_can_change_settings_afterwards():
    with pytest.raises(FrozenInstanceError):
        config.read({}).name = "other"


@pytest.mark.parametrize("spelling", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_postgresql_may_be_spelt_as_people_do(spelling):
    settings = config.read({"FIELDLOG_DATABASE_URL": f"{spelling}u@h/log"})
    assert settings.database_url == "postgresql+psycopg://u@h/log"


def test_a_relative_sqlite_file_lies_where_the_program_was_started(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = config.read({"FIELDLOG_DATABASE_URL": "sqlite:///log.db"})
    assert settings.database_url == f"sqlite:///{tmp_path}/log.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://h/log"),
        ("UPSTREAM", "centre.example"),
        ("TIMEZONE", "Europe/Sollentuna"),
        ("LANGUAGE", "fi"),
        ("PROXIES", "-1"),
        ("PROXIES", "one"),
        ("PLAIN_HTTP", "perhaps"),
    ],
)
def test_a_bad_value_stops_the_start_and_says_which_and_what_is_wanted(name, value):
    with pytest.raises(BadSetting) as bad:
        config.read({f"FIELDLOG_{name}": value})
    wanted = next(f for f in fields(Settings) if f.name == name.lower()).metadata["sentence"]
    assert f"FIELDLOG_{name}" in str(bad.value)
    assert wanted in str(bad.value)


def test_a_misspelt_setting_is_not_ignored_in_silence():
    with pytest.raises(BadSetting, match="FIELDLOG_DATABSE_URL is no setting"):
        config.read({"FIELDLOG_DATABSE_URL": "sqlite:///log.db"})


def test_a_secret_can_stand_in_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    assert config.read({"FIELDLOG_SECRET_KEY_FILE": str(file)}).secret_key == SECRET


def test_a_secret_given_twice_is_refused(tmp_path):
    with pytest.raises(BadSetting, match="not both"):
        config.read({"FIELDLOG_SECRET_KEY": SECRET, "FIELDLOG_SECRET_KEY_FILE": "x"})


def test_a_secret_file_that_is_not_there_stops_the_start():
    with pytest.raises(BadSetting, match="can't be read"):
        config.read({"FIELDLOG_SECRET_KEY_FILE": "/nowhere/secret"})


def test_what_is_no_secret_can_not_stand_in_a_file():
    with pytest.raises(BadSetting, match="is no setting"):
        config.read({"FIELDLOG_NAME_FILE": "x"})


@pytest.mark.parametrize("secret", [None, "short"])
def test_serving_needs_a_secret_that_nobody_else_has(secret):
    with pytest.raises(BadSetting, match="FIELDLOG_SECRET_KEY"):
        config.servable(Settings(secret_key=secret))


def test_a_token_without_an_upstream_is_a_mistake():
    with pytest.raises(BadSetting, match="FIELDLOG_UPSTREAM is not"):
        config.read({"FIELDLOG_UPSTREAM_TOKEN": "token"})


def test_secrets_do_not_show_when_settings_are_printed():
    settings = Settings(secret_key=SECRET, upstream="https://c", upstream_token="t0ken")
    assert SECRET not in repr(settings)
    assert "t0ken" not in repr(settings)


def test_every_setting_has_its_sentence():
    for setting in fields(Settings):
        assert setting.metadata["sentence"].endswith("."), setting.name
