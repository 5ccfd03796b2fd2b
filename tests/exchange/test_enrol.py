"""Enrolling over the wire, at the centre and through a node."""

import pytest

from fieldlog.config import Settings
from fieldlog.store import bundles, devices, identity, people
from tests.exchange import building
from tests.support.cast import SECRET, gather, running
from tests.support.listening import listening

LOG = "00112233445566778899aabbccddeeff"


def enrol(client, code: str, name: str = "Pixel 7", **headers):
    return client.post("/sync/v1/enrol", json={"code": code, "name": name}, headers=headers)


@pytest.fixture
def code(cast):
    return devices.make_code(cast.bob.id)[0]


def test_a_code_gives_a_token_that_works(client, cast, code):
    answer = enrol(client, code)
    assert answer.status_code == 201
    told = answer.json
    assert set(told) == {"token", "device", "account", "org", "store", "centre_key", "last_log"}
    assert told["last_log"] is None
    assert (told["account"], told["org"], told["store"]) == (cast.bob.id, "polisen", "centre")
    assert told["centre_key"] == identity.centre_key()
    headers = {"Authorization": f"Bearer {told['token']}", "Fieldlog-Proto": "1"}
    assert client.get("/sync/v1/status", headers=headers).status_code == 200


def test_a_code_works_once(client, code):
    assert enrol(client, code).status_code == 201
    again = enrol(client, code)
    assert (again.status_code, again.json["error"]) == (404, "bad_code")


def test_a_phone_that_bears_its_token_gets_one_more_account(client, cast, code):
    answer = enrol(client, code, Authorization=cast.alice.bearer["Authorization"])
    assert answer.json["device"] == cast.alice.device
    both = building.section(
        LOG, [], [building.visit(cast, 1), building.visit(cast, 2, by=cast.bob.id)]
    )
    assert building.push(client, cast.alice, both).json["logs"][0]["q"] == []


def test_a_phone_can_not_name_another_phone_to_enrol_on(client, cast, code):
    body = {"code": code, "name": "x", "device": cast.alice.device}
    assert client.post("/sync/v1/enrol", json=body).json["device"] != cast.alice.device
    more = devices.make_code(cast.bob.id)[0]
    body = {"code": more, "name": "x", "device": cast.alice.device}
    headers = {"Authorization": cast.charlie.bearer["Authorization"]}
    told = client.post("/sync/v1/enrol", json=body, headers=headers).json
    assert told["device"] == cast.charlie.device


def test_a_code_is_not_used_up_by_a_request_that_makes_no_sense(client, code):
    assert client.post("/sync/v1/enrol", json={"code": code}).status_code == 400
    assert enrol(client, code).status_code == 201


@pytest.mark.parametrize("name", ["\0", "a\0b", "two\nlines", "half \ud800"])
def test_a_name_that_no_store_can_keep_or_show_costs_no_code(client, code, name):
    assert enrol(client, code, name).status_code == 400
    assert enrol(client, code, "Ålices 👩\u200d🚒").status_code == 201


@pytest.mark.parametrize("body", ["[" * 100_000, '{"code":' + "9" * 5_000 + "}"])
def test_json_that_python_stumbles_over_is_refused_like_any_other(client, body):
    answer = client.post("/sync/v1/enrol", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["error"]) == (400, "bad_request")


def test_a_browser_whose_storage_was_cleared_stays_the_same_phone_and_is_told_what_was_there(
    client, cast, code
):
    first = enrol(client, code).json
    bob = type(cast.bob)(**{**vars(cast.bob), "token": first["token"]})
    section = building.section(LOG, [], [building.visit(cast, 1, by=cast.bob.id)])
    building.push(client, bob, section)
    more = devices.make_code(cast.alice.id)[0]
    again = enrol(client, more).json
    assert again["device"] == first["device"]
    assert again["last_log"] == {"log": LOG, "seq": 1}
    assert client.get("/sync/v1/device").json == {
        "device": first["device"],
        "last_log": {"log": LOG, "seq": 1},
    }


def test_the_cookie_is_out_of_scripts_reach_and_lasts(client, code):
    cookie = enrol(client, code).headers["Set-Cookie"]
    assert cookie.startswith("__Host-fieldlog-device=")
    said = {part.strip() for part in cookie.split(";")}
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=34560000"} <= said
    assert not any(part.startswith("Domain") for part in said)


def test_a_phone_that_was_enrolled_before_the_cookie_gets_it_by_its_token(client, cast):
    answer = client.get("/sync/v1/device", headers=cast.alice.bearer)
    assert answer.json == {"device": cast.alice.device, "last_log": None}
    assert client.get("/sync/v1/device").json["device"] == cast.alice.device


def test_nobody_is_told_of_a_phone_by_a_cookie_that_is_not_the_stores(client, cast):
    nobody = {"device": None, "last_log": None}
    assert client.get("/sync/v1/device").json == nobody
    for made_up in (cast.alice.device, f'"{cast.alice.device}".AAAAAAAAAAAAAAAAAAAAAAAAAAA'):
        client.set_cookie("__Host-fieldlog-device", made_up, secure=True)
        assert client.get("/sync/v1/device").json == nobody


def test_a_cookie_without_a_code_enrols_nobody(client, code):
    enrol(client, code)
    assert enrol(client, code).status_code == 404


class TestThroughANode:
    """The phone speaks to a node; the node asks the centre with its own token."""

    @pytest.fixture
    def stores(self, new_sqlite):
        """A served centre with its cast, and a node below it: (centre app, cast, node app)."""
        settings = Settings(secret_key=SECRET, database_url=new_sqlite(), name="centre")
        with running(settings) as centre:
            cast = gather()
            node, token = devices.add_node("node-a")
            with listening(centre) as url:
                below = Settings(
                    secret_key=SECRET,
                    database_url=new_sqlite(),
                    name="node-a",
                    upstream=url,
                    upstream_token=token,
                )
                with running(below) as node:
                    yield centre, cast, node

    @pytest.fixture
    def code(self, stores):
        centre, cast, _node = stores
        with centre.app_context():
            return devices.make_code(cast.bob.id)[0]

    def test_the_phone_is_known_at_both_and_its_home_is_the_node(self, stores, code):
        centre, cast, node = stores
        told = enrol(node.test_client(), code).json
        assert (told["account"], told["store"]) == (cast.bob.id, "node-a")
        for store in (centre, node):
            with store.app_context():
                assert devices.by_token(told["token"]).id == told["device"]
                assert devices.accounts_on(told["device"]) == [cast.bob.id]
        with centre.app_context():
            assert told["centre_key"] == identity.centre_key()
        with node.app_context():
            assert told["centre_key"] == identity.centre_key()

    def test_what_the_phone_then_writes_counts_at_the_node_before_any_night(self, stores, code):
        _centre, cast, node = stores
        client = node.test_client()
        token = enrol(client, code).json["token"]
        bob = type(cast.bob)(**{**vars(cast.bob), "token": token})
        body = building.section(LOG, [], [building.visit(cast, 1, by=cast.bob.id)])
        answer = building.push(client, bob, body).json
        assert answer["role"] == "node"
        assert answer["logs"][0] == {
            **answer["logs"][0],
            "r": "ok",
            "have": 1,
            "q": [],
            "up": None,
        }

    def test_a_wrong_code_is_the_phones_mistake(self, stores):
        _centre, _cast, node = stores
        answer = enrol(node.test_client(), "AAAA-BBBB-CCCC")
        assert (answer.status_code, answer.json["error"]) == (404, "bad_code")

    def test_one_more_account_goes_on_the_same_phone(self, stores, code):
        centre, cast, node = stores
        first = enrol(node.test_client(), code).json
        with centre.app_context():
            more = devices.make_code(cast.alice.id)[0]
        bearer = f"Bearer {first['token']}"
        second = enrol(node.test_client(), more, Authorization=bearer).json
        assert second["device"] == first["device"]
        with node.app_context():
            assert len(devices.accounts_on(first["device"])) == 2

    def test_a_cleared_browser_stays_the_same_phone_through_a_node(self, stores, code):
        centre, cast, node = stores
        client = node.test_client()
        first = enrol(client, code).json
        with centre.app_context():
            more = devices.make_code(cast.alice.id)[0]
        assert enrol(client, more).json["device"] == first["device"]

    def test_a_node_that_the_centre_does_not_know_says_try_later(self, stores, code):
        centre, _cast, node = stores
        with centre.app_context():
            node_id = devices.by_token(node.config["SETTINGS"].upstream_token).id
            devices.revoke(node_id)
        answer = enrol(node.test_client(), code)
        assert (answer.status_code, answer.json["error"]) == (503, "upstream")
        assert answer.headers["Retry-After"]

    def test_names_come_with_the_next_bundle_and_take_the_stubs_place(self, stores, code):
        centre, cast, node = stores
        enrol(node.test_client(), code)
        with centre.app_context():
            _hash, body = bundles.bundle("devices", "nodes")
        with node.app_context():
            assert people.by_id(cast.bob.id).name == ""
            bundles.apply("devices", body)
            assert people.by_id(cast.bob.id).name == cast.bob.name
            assert devices.by_token(cast.alice.token).id == cast.alice.device

    def test_without_a_connection_the_node_says_so(self, new_sqlite):
        below = Settings(
            secret_key=SECRET,
            database_url=new_sqlite(),
            upstream="http://127.0.0.1:9",
            upstream_token="x",
        )
        with running(below) as node:
            answer = enrol(node.test_client(), "AAAA-BBBB-CCCC")
            assert (answer.status_code, answer.json["error"]) == (503, "upstream")
