"""The hash chain, against the protocol's published vector and others."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import chain
from tests.contract.load import cases, load

VECTORS = load("chain")
LOG = "000102030405060708090a0b0c0d0e0f"


def test_the_published_vector_holds_to_the_byte():
    first, second = b'{"rid":"r1"}', '{"note":"å"}'.encode()
    h0 = chain.genesis(LOG)
    h1 = chain.link(h0, 1, chain.digest(first))
    h2 = chain.link(h1, 2, chain.digest(second))
    assert h0.hex() == "5a00cc7fb96a97c36553c44e5f4f561cbe2f24660ca7eb12ead39bf1c2e07a03"
    assert h1.hex() == "a07a215d28220d94cd67276524a4b7dfc470b25a359b7c66d53338d1eba0fe9c"
    assert h2.hex() == "3439c969d16559a8be085b94515258f98559725c6ac2a77bb9f38fc87abafdcf"


def test_the_published_vector_is_the_one_both_languages_read():
    published = VECTORS["published"]
    digests = [chain.digest(text.encode()) for text in published["payloads"]]
    hashes = [chain.genesis(published["log"])]
    hashes += chain.fold(hashes[0], 1, digests)
    assert [each.hex() for each in hashes] == published["hashes"]


@pytest.mark.parametrize("case", cases(VECTORS["cases"]))
def test_vector(case):
    payloads = [base64.b64decode(each) for each in case["payloads_base64"]]
    digests = [chain.digest(each) for each in payloads]
    assert chain.genesis(case["log"]).hex() == case["prev"]
    assert [each.hex() for each in digests] == case["digests"]
    folded = chain.fold(bytes.fromhex(case["prev"]), case["first"], digests)
    assert [each.hex() for each in folded] == case["hashes"]


@given(st.lists(st.binary(max_size=40), max_size=12), st.data())
def test_folding_in_parts_is_folding_at_once(payloads, data):
    digests = [chain.digest(each) for each in payloads]
    cut = data.draw(st.integers(0, len(digests)))
    whole = chain.fold(chain.genesis(LOG), 1, digests)
    before = chain.fold(chain.genesis(LOG), 1, digests[:cut])
    middle = before[-1] if before else chain.genesis(LOG)
    assert before + chain.fold(middle, cut + 1, digests[cut:]) == whole


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=8, unique=True), st.data())
def test_no_two_orders_give_the_same_hash(payloads, data):
    shuffled = data.draw(st.permutations(payloads))
    heads = [
        chain.fold(chain.genesis(LOG), 1, map(chain.digest, each))[-1]
        for each in (payloads, shuffled)
    ]
    assert (heads[0] == heads[1]) == (payloads == shuffled)
