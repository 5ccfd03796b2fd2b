"""The description of the machines' door: valid, whole, and drawn from the one definition."""

import json

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from fieldlog.config import Settings
from sync import records
from tests.support.cast import SECRET, running


@pytest.fixture
def described(new_sqlite):
    with running(Settings(secret_key=SECRET, database_url=new_sqlite())) as app:
        yield app, app.test_client().get("/openapi.json").json


def test_the_description_is_valid_openapi(described):
    _app, document = described
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_machine_route_is_described_and_nothing_else(described):
    app, document = described
    told = {
        (path, method.upper())
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }
    served = {
        (str(rule).replace("<", "{").replace(">", "}"), method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("exchange.")
        for method in rule.methods - {"OPTIONS", "HEAD"}
    }
    assert told - {("/sync/v1/blobs/{sha256}", "HEAD")} == served


def test_every_payload_type_is_described_by_the_schemas_of_the_records(described):
    _app, document = described
    schemas = document["components"]["schemas"]
    for t in records.TYPES:
        assert schemas[f"Payload-{t}"] == json.loads(json.dumps(records.json_schema(t)))
    assert len(schemas["Payload"]["oneOf"]) == len(records.TYPES)


def test_every_refusal_that_a_machine_can_meet_is_described_with_its_shape(described):
    _app, document = described
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            refusals = {c: r for c, r in operation["responses"].items() if c.startswith(("4", "5"))}
            assert refusals, f"{method} {path} never refuses?"
            for response in refusals.values():
                assert response["$ref"].startswith("#/components/responses/")


def test_who_reads_the_description_needs_no_token(described):
    app, _document = described
    assert app.test_client().get("/openapi.json").status_code == 200
