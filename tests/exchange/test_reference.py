"""Bundles over the wire: by hash, for those they are for, the same for ever."""

import gzip
import hashlib
import json

import pytest

from fieldlog.store import bundles, categories, devices


@pytest.fixture
def node(cast):
    token = devices.add_node("node-a")[1]
    return {"Authorization": f"Bearer {token}", "Fieldlog-Proto": "1"}


def refs(client, headers) -> dict[str, str]:
    return client.get("/sync/v1/status", headers=headers).json["ref"]


def fetch(client, headers, name: str, digest: str, **more):
    return client.get(f"/sync/v1/ref/{name}/{digest}", headers={**headers, **more})


def test_every_bundle_that_is_told_can_be_fetched_and_is_what_its_hash_says(client, cast):
    for name, digest in refs(client, cast.alice.bearer).items():
        answer = fetch(client, cast.alice.bearer, name, digest)
        assert answer.status_code == 200, name
        assert hashlib.sha256(answer.data).hexdigest() == digest
        assert answer.mimetype == "application/json"


def test_a_bundle_may_be_kept_for_ever_by_the_one_who_fetched_it(client, cast):
    digest = refs(client, cast.alice.bearer)["places"]
    answer = fetch(client, cast.alice.bearer, "places", digest)
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_bundle_is_packed_for_those_who_can_unpack(client, cast):
    categories.seed()
    bundles.forget()
    digest = refs(client, cast.alice.bearer)["categories"]
    packed = {"Accept-Encoding": "gzip"}
    answer = fetch(client, cast.alice.bearer, "categories", digest, **packed)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert hashlib.sha256(gzip.decompress(answer.data)).hexdigest() == digest
    plain = fetch(client, cast.alice.bearer, "categories", digest)
    assert len(json.loads(plain.data)["tiles"]) == 9
    assert len(answer.data) < len(plain.data) / 2


def test_an_older_version_can_still_be_fetched_by_one_who_was_told_of_it(client, cast):
    digest = refs(client, cast.alice.bearer)["categories"]
    categories.seed()
    bundles.forget()
    assert refs(client, cast.alice.bearer)["categories"] != digest
    assert fetch(client, cast.alice.bearer, "categories", digest).json == {"tiles": []}


def test_the_bundle_of_devices_is_for_nodes_and_kept_nowhere(client, cast, node):
    digest = refs(client, node)["devices"]
    answer = fetch(client, node, "devices", digest)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "devices" not in refs(client, cast.alice.bearer)
    assert fetch(client, cast.alice.bearer, "devices", digest).status_code == 404


def test_a_bundle_of_another_organisations_scope_is_not_there(client, cast):
    digest, _body = bundles.bundle("messages", "org:polisen")
    assert fetch(client, cast.alice.bearer, "messages", digest).status_code == 200
    only = bundles.held("messages", "org:polisen")
    assert only.sha256 == digest
    assert fetch(client, cast.charlie.bearer, "messages", digest).status_code == 404


def test_a_bundle_needs_a_token(client, cast):
    digest = refs(client, cast.alice.bearer)["places"]
    assert fetch(client, {}, "places", digest).status_code == 401
