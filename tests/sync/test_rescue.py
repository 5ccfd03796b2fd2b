"""The rescue file: what was sealed comes out, for the centre alone, and every fault is found.

Files of both languages, sealed once and for all, are in the contract; the phone's code also seals
anew here.
"""

import base64
import json
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from sync import receipts, rescue
from sync.messages import taken_message
from sync.rescue import CHUNK, Part
from tests.contract.load import cases, load

VECTORS = load("rescue")
KEY, CENTRE_KEY, TOKEN = VECTORS["private_key"], VECTORS["centre_key"], VECTORS["token"]
ABOUT = {"device": "d", "store": "node-å", "made_at": "2026-11-22T21:40:00+01:00", "app": "1"}
SEALER = Path(__file__).with_name("rescue.mjs")


@pytest.mark.parametrize("case", cases(VECTORS["files"]))
def test_a_file_is_opened_and_known_by_its_author(case):
    head, parts = opened(base64.b64decode(case["file_base64"]))
    assert {name: getattr(head, name) for name in case["head"]} == case["head"]
    assert [part.kind for part in parts] == case["kinds"]
    assert proven(head, parts) is case["proven"]
    pushes = [part.content.decode() for part in parts if part.kind == "push"]
    assert pushes == ([case["push"]] if case["push"] else [])


def test_a_locked_phones_file_is_opened_into_what_an_unlocked_one_would_have_put_in():
    vectors = load("locked")
    file = base64.b64decode(vectors["file_base64"])
    parts = rescue.read(rescue.open_sealed([file], vectors["private_key"]).plain)
    found = list(rescue.unlocked(parts, vectors["private_key"]))
    assert [told(part) for part in found] == vectors["opened"]
    assert {part.about["under"] for part in found} == {vectors["id"]}
    rows = [part.content.hex() for part in found if part.kind in ("photo", "row")]
    assert rows == [row["plain_hex"] for row in vectors["rows"][2:]]


def told(part: Part) -> dict:
    about = {name: value for name, value in part.about.items() if name != "under"}
    if part.kind == "push":
        about["content"] = part.content.decode()
    if part.kind == "bearer":
        about["hash"] = about["hash"].hex()
    return {"kind": part.kind, **about}


def test_a_sealed_row_in_anothers_place_is_not_opened():
    vectors = load("locked")
    file = base64.b64decode(vectors["file_base64"])
    key, profile, *_ = rescue.read(rescue.open_sealed([file], vectors["private_key"]).plain)
    moved = profile._replace(about=profile.about | {"key": '"bob"'})
    assert list(rescue.unlocked([key, moved], vectors["private_key"])) == [moved]
    assert list(rescue.unlocked([profile], vectors["private_key"])) == [profile]


@pytest.mark.parametrize("case", cases(VECTORS["spoilt"]))
def test_a_spoilt_file_is_told_apart_by_what_is_wrong(case):
    with pytest.raises(rescue.Unfit) as fault:
        opened(base64.b64decode(case["file_base64"]))
    assert fault.value.code == case["code"]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 40, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_any_size_comes_out_as_it_went_in(size):
    content = bytes(i % 251 for i in range(size))
    head, parts = opened(sealed([Part("push", content)]))
    assert parts == [Part("push", content)]
    assert head.length == len(sealed([Part("push", content)]))


@pytest.mark.parametrize("size", [1, CHUNK - 40, CHUNK, 2 * CHUNK + 5])
def test_what_the_phone_seals_is_opened_here(size):
    content = bytes(i % 251 for i in range(size))
    asked = {
        "parts": [
            {"kind": "push", "content": base64.b64encode(content).decode()},
            {"kind": "photo", "content": "/9j/", "sha256": "00" * 32, "mime": "image/jpeg"},
        ],
        "about": {**ABOUT, "token": TOKEN},
        "centreKey": CENTRE_KEY,
    }
    file = subprocess.run(
        ["node", SEALER], input=json.dumps(asked).encode(), stdout=-1, check=True, timeout=60
    ).stdout
    head, (author, push, photo) = opened(file)
    assert (head.device, head.store) == (ABOUT["device"], ABOUT["store"])
    assert len(file) == head.length
    assert proven(head, [author])
    assert push.content == content
    assert (photo.content, photo.about) == (
        b"\xff\xd8\xff",
        {"sha256": "00" * 32, "mime": "image/jpeg"},
    )


def test_what_stands_before_a_cut_comes_out_first():
    file = sealed([Part("push", b"1" * CHUNK), Part("push", b"2" * CHUNK)])
    for cut in (CHUNK + 600, len(file) - 1):
        taken = rescue.read(rescue.open_sealed([file[:cut]], KEY).plain)
        if cut > 2 * CHUNK:
            assert next(taken).content == b"1" * CHUNK
        with pytest.raises(rescue.Cut):
            list(taken)


def test_chunks_can_not_change_places():
    file = sealed([Part("push", b"1" * (3 * CHUNK))])
    line = file.index(b"\n") + 1
    size = CHUNK + 16
    first, second = file[line : line + size], file[line + size : line + 2 * size]
    with pytest.raises(rescue.Damaged):
        opened(file[:line] + second + first + file[line + 2 * size :])


def test_a_part_that_says_it_is_endless_is_not_waited_for():
    for said in (b'{"kind":"push","size":99999999999}\n', b"{" * 5_000):
        with pytest.raises(rescue.Damaged):
            opened(_sealed_bytes(said))


def test_a_carrier_sees_whether_the_file_is_whole():
    file = sealed([Part("push", b"1" * 300_000)])
    assert rescue.is_whole(file)
    assert not rescue.is_whole(file[:-1])
    assert not rescue.is_whole(file + b"?")
    assert rescue.is_whole(file.replace(b"rescue/1", b"rescue/9", 1))
    with pytest.raises(rescue.NotRescue):
        rescue.is_whole(b"a photo of a cat")


def test_the_centre_signs_for_one_file_and_no_other():
    told = VECTORS["taken"]
    digest = bytes.fromhex(told["sha256"])
    assert taken_message(digest, told["inc"], told["at"]).hex() == told["bytes_hex"]
    sig = receipts.sign_taken(KEY, digest, told["inc"], told["at"])
    assert receipts.verify_taken(CENTRE_KEY, digest, told["inc"], told["at"], sig)
    assert not receipts.verify_taken(CENTRE_KEY, sha256(b"?").digest(), told["inc"], "", sig)


def opened(file: bytes, piece: int = 7_000) -> tuple[rescue.Head, list[Part]]:
    pieces = (file[start : start + piece] for start in range(0, len(file), piece))
    found = rescue.open_sealed(pieces, KEY)
    return found.head, list(rescue.read(found.plain))


def proven(head: rescue.Head, parts: list[Part]) -> bool:
    proof = next((part.about.get("proof") for part in parts if part.kind == "author"), None)
    return rescue.proves(proof, head, [b"\0" * 32, sha256(TOKEN.encode()).digest()])


def sealed(parts: list[Part]) -> bytes:
    return _sealed_bytes(rescue.write(parts))


def _sealed_bytes(plain: bytes) -> bytes:
    return rescue.seal(lambda _head: plain, len(plain), ABOUT, CENTRE_KEY)
