"""Writes docs/settings.md from the settings themselves: `python -m tools.settings_page`."""

from dataclasses import fields
from pathlib import Path

from fieldlog.config import Settings, variable

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"
OPENING = """# Settings

All settings come from the environment. A bad value or a misspelt name stops the start with a
sentence that says so. A secret can also be given as a file: `NAME_FILE` names one that holds it
(as systemd's `LoadCredential` and containers do). Nothing secret has a default.

This page is made from the program: `python -m tools.settings_page`.

| variable | default | what it does |
|---|---|---|
"""
SHOWN = {"database_url": "`sqlite:///fieldlog.db` where it starts"}


def page() -> str:
    """The whole page as text."""
    return OPENING + "".join(f"| {_row(setting)} |\n" for setting in fields(Settings))


def _row(setting) -> str:
    name = f"`{variable(setting)}`"
    if setting.metadata["secret"]:
        name += f", `{variable(setting)}_FILE`"
    return " | ".join((name, _default(setting), setting.metadata["sentence"]))


def _default(setting) -> str:
    if setting.name in SHOWN:
        return SHOWN[setting.name]
    if isinstance(setting.default, bool):
        return "`yes`" if setting.default else "`no`"
    return f"`{setting.default}`" if setting.default not in (None, ()) else "–"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
