"""Reads the contract's JSON files for the tests, each case with its name."""

import json
from pathlib import Path
from typing import Any

import pytest


def load(name: str) -> Any:
    return json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))


def cases(rows: list[dict]) -> list:
    """The rows as parameters that are called by their names."""
    return [pytest.param(row, id=row["name"].replace(" ", "_")) for row in rows]
