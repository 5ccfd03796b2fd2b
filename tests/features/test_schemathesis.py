"""Requests made from the description, right and wrong: none may surprise. As in tests/exchange."""

import shutil
from datetime import timedelta

import pytest
import schemathesis
from hypothesis import given
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from fieldlog.config import Settings
from fieldlog.store import access_tokens
from tests.exchange.test_schemathesis import BOUNDED
from tests.review.scene import evening
from tests.support.cast import SECRET, gather, running

COLLECTIONS = ("visits", "events", "places")
PATHS = [
    "/",
    "/api",
    "/conformance",
    "/collections",
    *(
        f"/collections/{name}{more}"
        for name in COLLECTIONS
        for more in ("", "/items", "/items/{id}")
    ),
]


@pytest.fixture(scope="module")
def described(sqlite_template, tmp_path_factory):
    """The description, and the headers of Sara's program, in a store with an evening."""
    path = tmp_path_factory.mktemp("schemathesis") / "fieldlog.db"
    shutil.copy(sqlite_template, path)
    with running(Settings(secret_key=SECRET, database_url=f"sqlite:///{path}")) as app:
        cast = gather()
        evening(cast)
        _id, token = access_tokens.make(cast.sara.id, "test", "details", timedelta(days=1))
        headers = {"Authorization": f"Bearer {token}"}
        yield schemathesis.openapi.from_wsgi("/features/api", app, headers=headers), headers


def test_all_operations_are_tried(described):
    description, _headers = described
    assert sorted(description.raw_schema["paths"]) == sorted(PATHS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("path", PATHS)
def test_no_request_made_from_the_description_surprises(described, path, mode):
    description, headers = described
    # OpenAPI can't say that a box has 4 or 6 degrees, nor what a time interval is; and a limit over
    # the most there is means the most, though the standard's own schema calls it wrong.
    unsayable = ("positive_data_acceptance", "negative_data_rejection")
    unsaid = [CHECKS.get_one(name) for name in unsayable if path.endswith("/items")]

    @BOUNDED
    @given(case=description[path]["GET"].as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(headers=headers, excluded_checks=unsaid)

    ask()
