"""Requests made from the description, right and wrong, by the hundred: none may surprise.

Bounded, and the same each run. What a push holds is the corpus's and the simulation's matter; here
it is headers, paths, queries, content types and the shapes of answers.
"""

import shutil

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from fieldlog.config import Settings
from tests.support.cast import SECRET, gather, running

OPERATIONS = [
    ("POST", "/sync/v1/push"),
    ("GET", "/sync/v1/status"),
    ("POST", "/sync/v1/compare"),
    ("GET", "/sync/v1/digest"),
    ("GET", "/sync/v1/ref/{name}/{sha256}"),
    ("POST", "/sync/v1/enrol"),
    ("POST", "/sync/v1/rescue"),
    ("GET", "/sync/v1/device"),
    ("HEAD", "/sync/v1/blobs/{sha256}"),
    ("PATCH", "/sync/v1/blobs/{sha256}"),
]
BOUNDED = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
load_all_checks()
# The protocol has one status more for a wrong request than schemathesis expects.
TAKES_426 = {
    "checks": {
        "negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 413, 415, 426, 429]}
    }
}


@schemathesis.serializer("application/x-ndjson", "application/offset+octet-stream")
def plain(_context, value):
    """What OpenAPI calls a string goes out as it is."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def served(sqlite_template, tmp_path_factory):
    """An app for all requests of this file: what one leaves behind, the next must live with."""
    path = tmp_path_factory.mktemp("schemathesis") / "fieldlog.db"
    shutil.copy(sqlite_template, path)
    config = schemathesis.Config.from_dict(TAKES_426)
    made = Settings(secret_key=SECRET, database_url=f"sqlite:///{path}", push_rate=0)
    with running(made) as app:
        yield schemathesis.openapi.from_wsgi("/openapi.json", app, config=config), gather()


def test_all_operations_are_tried(served):
    description, _cast = served
    described = {(found.ok().method.upper(), found.ok().path) for found in operations(description)}
    assert described == set(OPERATIONS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_request_made_from_the_description_surprises(served, method, path, mode):
    description, cast = served
    # OpenAPI can't say what lines a push has, nor what bytes a rescue file: most made from it are
    # rightly refused.
    unsayable = path.endswith(("/push", "/rescue"))
    unsaid = [CHECKS.get_one("positive_data_acceptance")] if unsayable else []
    token = {"Authorization": cast.alice.bearer["Authorization"]}

    @BOUNDED
    @given(case=description[path][method].as_strategy(generation_mode=mode))
    def ask(case):
        assume(goes_out(case.query or {}))
        case.call_and_validate(headers=token, excluded_checks=unsaid)

    ask()


def goes_out(query):
    """An empty list or map leaves nothing in an address: what was made wrong would go out right."""
    return all(value not in ([], {}) for value in query.values())


def operations(description):
    return description.get_all_operations()
