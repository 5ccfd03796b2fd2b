"""Nobody passes a door that does not say who may: every endpoint is guarded, or open and listed."""

import re

import pytest

from fieldlog import create_app
from fieldlog.access import verbs
from fieldlog.access.guard import guard_of
from fieldlog.config import Settings
from tests.house.tree import ROOT

CONVERTER = re.compile(r"<[^:>]+:")


@pytest.fixture(scope="module")
def wired():
    """The app with all its doors; no test here reads a row."""
    return create_app(Settings(database_url="sqlite:///:memory:", secret_key="k" * 40))


def test_every_endpoint_says_who_may(wired):
    for rule in wired.url_map.iter_rules():
        asked = guard_of(wired.view_functions[rule.endpoint])
        assert asked, (
            f"{rule.endpoint} ({rule}) has no guard: put @guard, @machine, @reader or @open_to_all "
            "on it (fieldlog/access/guard.py)."
        )
        if asked.kind == "open":
            assert rule.endpoint in verbs.OPEN, (
                f"{rule.endpoint} is open to all but not listed: add it to OPEN in "
                "fieldlog/access/verbs.py if it really may be."
            )


def test_nothing_is_listed_as_open_that_is_not_there(wired):
    there = {rule.endpoint for rule in wired.url_map.iter_rules()}
    assert there >= verbs.OPEN, f"take out of verbs.OPEN: {sorted(verbs.OPEN - there)}"


def test_every_verb_is_asked_for_somewhere(wired):
    asked = {guard_of(view).verb for view in wired.view_functions.values() if guard_of(view)}
    unused = (set(verbs.PEOPLE) | set(verbs.MACHINES) | set(verbs.READERS)) - asked
    assert not unused, f"no endpoint asks for {unused}: take them out of fieldlog/access/verbs.py"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_an_unknown_path_is_refused_the_same_way_to_everyone(wired, method):
    assert wired.test_client().open("/no-such-room", method=method).status_code == 404


def test_the_protocol_page_lists_the_machines_endpoints(wired):
    page = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([A-Z]+ /sync/v1/[^`]+)`", page, re.MULTILINE))
    served = {
        f"{method} {CONVERTER.sub('<', rule.rule)}"
        for rule in wired.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/sync/v1/")
    }
    assert listed == served, "docs/protocol.md: the table of endpoints is not what is served"
