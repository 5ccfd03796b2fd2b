"""The data every store starts with: categories, Sollentuna's places, kinds of police event."""

import json
from pathlib import Path


def load(name: str) -> dict:
    """The parsed JSON of one data file in this folder."""
    return json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
