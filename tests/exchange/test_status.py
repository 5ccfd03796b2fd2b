"""What a device learns of its own logs, how two stores compare, and nothing of anyone else's."""

import hashlib

import pytest

from fieldlog.store import devices, nights
from tests.exchange import building

LOG = "00112233445566778899aabbccddeeff"
OTHER = "ff112233445566778899aabbccddeeff"


@pytest.fixture
def pushed(client, cast):
    payloads = [building.visit(cast, number) for number in range(1, 4)]
    building.push(client, cast.alice, building.section(LOG, [], payloads))
    return payloads


@pytest.fixture
def node(cast):
    """The headers of a node."""
    token = devices.add_node("node-a")[1]
    return {"Authorization": f"Bearer {token}", "Fieldlog-Proto": "1"}


def chain(payloads, at: int) -> str:
    return building.fold(building.genesis(LOG), 1, payloads[:at]).hex()


def status(client, headers, query: str = ""):
    return client.get(f"/sync/v1/status{query}", headers=headers).json


def compare(client, headers, *lines: str) -> list[str]:
    body = "".join(f"{line}\n" for line in lines)
    kind = {**headers, "Content-Type": "text/plain"}
    answer = client.post("/sync/v1/compare", data=body, headers=kind)
    assert answer.mimetype == "text/plain"
    return answer.get_data(as_text=True).splitlines()


def test_status_without_a_log_tells_the_bundles(client, cast):
    told = status(client, cast.alice.bearer)
    assert told["logs"] == []
    assert set(told["ref"]) == {"places", "categories", "plan", "conditions", "messages", "erased"}


def test_status_is_the_same_answer_as_a_push(client, cast, pushed):
    again = building.push(client, cast.alice, building.section(LOG, [], pushed)).json
    told = status(client, cast.alice.bearer, f"?log={LOG}")
    for answer in (again, told):
        answer["now"] = answer["logs"][0]["up"]["at"] = answer["logs"][0]["up"]["sig"] = ""
    assert told == again


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_the_hash_at_a_number_is_told(client, cast, pushed, at):
    told = status(client, cast.alice.bearer, f"?log={LOG}&at={at}")["logs"][0]
    assert (told["have"], told["hash"]) == (at, chain(pushed, at))


@pytest.mark.parametrize("at", ["-1", "²", str(2**53), "9" * 5_000])
def test_a_number_that_no_entry_can_have_is_refused(client, cast, at):
    assert status(client, cast.alice.bearer, f"?at={at}")["error"] == "bad_request"


def test_several_logs_are_told_in_the_order_asked(client, cast, pushed):
    told = status(client, cast.alice.bearer, f"?log={OTHER}&log={LOG}")["logs"]
    assert [(each["log"], each["have"]) for each in told] == [(OTHER, 0), (LOG, 3)]
    assert told[0]["hash"] == building.genesis(OTHER).hex()


def test_a_strangers_log_looks_like_one_that_is_not_there(client, cast, pushed):
    mine, strangers = (
        status(client, who.bearer, f"?log={LOG}")["logs"][0] for who in (cast.alice, cast.bob)
    )
    assert mine["have"] == 3
    nothing = {"r": "ok", "have": 0, "hash": building.genesis(LOG).hex(), "q": []}
    assert strangers == {"log": LOG, "up": strangers["up"], **nothing}
    assert strangers["up"] == {**strangers["up"], **nothing}


def test_asking_is_a_contact(client, cast):
    assert devices.by_token(cast.bob.token).last_contact_at is None
    status(client, cast.bob.bearer)
    assert devices.by_token(cast.bob.token).last_contact_at is not None


def test_equal_lines_compare_to_nothing(client, cast, pushed):
    assert compare(client, cast.alice.bearer, f"{LOG} 3 {chain(pushed, 3)}") == []


def test_lines_that_differ_or_are_missing_come_back_with_our_values(client, cast, pushed):
    lines = [f"{LOG} 3 {'0' * 64}", f"{OTHER} 2 {'1' * 64}"]
    assert sorted(compare(client, cast.alice.bearer, *lines)) == sorted(
        [f"{LOG} 3 {chain(pushed, 3)}", f"{OTHER} 0 {building.genesis(OTHER).hex()}"]
    )


def test_photos_are_all_missing_as_long_as_none_are_taken(client, cast):
    assert compare(client, cast.alice.bearer, f"blob 12 {'a' * 64}") == [f"blob 0 {'a' * 64}"]


def test_comparing_tells_a_phone_nothing_of_anothers_log(client, cast, pushed):
    told = compare(client, cast.bob.bearer, f"{LOG} 1 {'0' * 64}")
    assert told == [f"{LOG} 0 {building.genesis(LOG).hex()}"]
    assert compare(client, cast.bob.bearer, f"{LOG} 3 {chain(pushed, 3)}") == told


def test_the_digest_is_over_the_sorted_lines_of_ones_own(client, cast, pushed):
    line = f"{LOG} 3 {chain(pushed, 3)}\n".encode()
    told = client.get("/sync/v1/digest", headers=cast.alice.bearer).json
    assert told == {"digest": hashlib.sha256(line).hexdigest()}
    others = client.get("/sync/v1/digest", headers=cast.bob.bearer).json
    assert others == {"digest": hashlib.sha256(b"").hexdigest()}


def test_a_node_that_compares_leaves_a_row_of_its_night(client, node):
    assert compare(client, node) == []
    row = nights.latest(1)[0]
    assert (row.node, row.outcome, row.verified) == ("node-a", "ok", 0)


def test_a_phone_that_compares_leaves_none(client, cast):
    compare(client, cast.alice.bearer)
    assert nights.latest() == []
