"""A promise in the store: its places, and what police and municipality have agreed on."""

import re
from html import unescape

import pytest
import time_machine

from fieldlog.store import places
from tests.store.agreed import NOW, promised

PLACE = {"kind": "stationsområde", "district": None, "lat": 59.4, "lon": 17.9, "radius_m": 150}


@pytest.fixture
def today():
    """A Friday in week 47 of 2026."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def agreed(today, cast):
    """The cast, with a promise in force."""
    names = {"ROT": "Rotebro station", "SOL": "Sollentuna station"}
    places.put([{"code": code, "name": name, **PLACE} for code, name in names.items()], NOW)
    promised()
    return cast


@pytest.fixture
def kerstin(visitor, agreed):
    """The coordinator's browser, in Swedish."""
    return visitor(agreed.kerstin)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's main form, the token among them."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.partition("<main")[2]):
        told = {name: unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if told.get("type") == "hidden":
            found[told["name"]] = told.get("value", "")
    return found


def send(client, path: str, **said):
    """Fill in the page's form and send it; the answer, unfollowed."""
    return client.post(path, data=hidden(client.get(path).text) | said)
