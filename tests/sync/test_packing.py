"""gzip, and the bombs that it can be."""

import gzip
import random
import zlib

import pytest

from sync.packing import BadPacking, pack, unpack

CHANCE = random.Random(1)
BODY = b"\n".join(CHANCE.randbytes(40).hex().encode() for _ in range(2_000))
NO_GZIP = {
    "nothing": b"",
    "no gzip": b"hello",
    "cut at the end": pack(BODY)[:-1],
    "cut early": pack(BODY)[:20],
    "more after it": pack(BODY) + b"x",
    "zlib": zlib.compress(BODY),
}


@pytest.mark.parametrize("size", [1, 7, 4_096, 10**6])
def test_what_was_packed_is_unpacked_whatever_the_pieces(size):
    packed = pack(BODY)
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert b"".join(unpack(pieces)) == BODY


def test_a_body_may_have_several_members():
    assert b"".join(unpack([pack(BODY) + pack(BODY)])) == BODY * 2


def test_what_gains_nothing_is_not_packed():
    assert pack(b"{}") is None


@pytest.mark.parametrize("body", NO_GZIP.values(), ids=NO_GZIP)
def test_what_is_no_gzip_body(body):
    with pytest.raises(BadPacking):
        list(unpack([body]))


@pytest.mark.parametrize("size", [100, 64 * 1024, 10**7])
def test_a_bomb_is_noticed_before_it_has_gone_off(size):
    bomb = gzip.compress(bytes(100 * 1024 * 1024), 9)
    pieces = unpack(bomb[start : start + size] for start in range(0, len(bomb), size))
    made: list[bytes] = []
    with pytest.raises(BadPacking, match="50 times"):
        made.extend(pieces)
    assert sum(map(len, made)) < 1024 * 1024


def test_a_small_bomb_is_one_too():
    with pytest.raises(BadPacking, match="50 times"):
        list(unpack([gzip.compress(bytes(20_000))]))
