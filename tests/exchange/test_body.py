"""A request's body, unpacked bit by bit and never let grow out of hand."""

import gzip
import zlib
from contextlib import suppress

import pytest
from flask import Flask

from fieldlog.exchange import body
from fieldlog.problems import Refused

app = Flask("body")
TEXT = b"".join(b"line %d of a body that is worth packing\n" % n for n in range(3_000))


def read(data: bytes, encoding: str | None = "gzip") -> bytes:
    headers = {"Content-Encoding": encoding} if encoding else {}
    with app.test_request_context("/", method="POST", data=data, headers=headers):
        return b"".join(body.pieces())


def refusal(data: bytes, encoding: str = "gzip") -> str:
    with pytest.raises(Refused) as refused:
        read(data, encoding)
    return refused.value.problem.code


def test_plain_bytes_come_as_they_are():
    assert read(TEXT, None) == TEXT
    assert read(TEXT, "identity") == TEXT


def test_gzip_is_unpacked():
    assert read(gzip.compress(TEXT)) == TEXT


def test_gzip_in_several_members_is_unpacked():
    assert read(gzip.compress(TEXT) + gzip.compress(b"more")) == TEXT + b"more"


def test_an_empty_member_is_nothing():
    assert read(gzip.compress(b"")) == b""


def test_what_grows_over_fifty_times_is_refused_before_it_has_grown():
    bomb = gzip.compress(bytes(50_000_000))
    taken = pieces_of(bomb)
    assert sum(map(len, taken)) <= len(bomb) * 50
    assert refusal(bomb) == "bad_encoding"


def test_what_grows_a_little_less_is_taken():
    packed = gzip.compress(TEXT)
    assert len(TEXT) < 50 * len(packed)
    assert read(packed) == TEXT


@pytest.mark.parametrize(
    "data",
    [b"not gzip at all", gzip.compress(TEXT)[:-9], zlib.compress(TEXT), gzip.compress(TEXT) + b"x"],
    ids=["no gzip", "cut short", "zlib", "rubbish behind"],
)
def test_what_is_no_whole_gzip_stream_is_refused(data):
    assert refusal(data) == "bad_encoding"


def test_another_encoding_is_refused():
    assert refusal(TEXT, "br") == "bad_encoding"


def test_a_damaged_checksum_is_found():
    packed = bytearray(gzip.compress(TEXT))
    packed[-6] ^= 1
    assert refusal(bytes(packed)) == "bad_encoding"


def test_the_whole_is_taken_up_to_a_limit():
    with app.test_request_context("/", method="POST", data=b"x" * 10):
        assert body.whole(10) == b"x" * 10
    with app.test_request_context("/", method="POST", data=b"x" * 11), pytest.raises(Refused):
        body.whole(10)


def test_an_unpacked_piece_is_small_however_well_it_was_packed():
    assert max(map(len, pieces_of(gzip.compress(bytes(50_000_000))))) <= body.PIECE


def pieces_of(packed: bytes) -> list[bytes]:
    """What comes out before the refusal, if there is one."""
    taken = []
    headers = {"Content-Encoding": "gzip"}
    with app.test_request_context("/", method="POST", data=packed, headers=headers):
        with suppress(Refused):
            taken.extend(body.pieces())
        return taken
