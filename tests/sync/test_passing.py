"""A node passing rescue files on: only the centre's own signature is believed."""

from hashlib import sha256

import pytest

from sync import passing, receipts
from sync.http import Refused, TooLarge, Trouble, Unauthorised

KEY = receipts.new_key()


class Shelf:
    """Two files that wait, in memory."""

    def __init__(self) -> None:
        self.files = {sha256(each).hexdigest(): each for each in (b"one", b"two")}
        self.done: dict[str, object] = {}
        self.inc: str | None = None

    def centre_key(self):
        return receipts.public_key(KEY)

    def waiting(self, inc):
        self.inc = inc
        return [each for each in self.files if each not in self.done]

    def file(self, sha256):
        return self.files[sha256]

    def taken(self, sha256, told):
        self.done[sha256] = told

    def refused(self, sha256, code):
        self.done[sha256] = code


def signed(file: bytes, key: str = KEY, **changes) -> dict:
    sig = receipts.sign_taken(key, sha256(file).digest(), "i", "t")
    return {"state": "taken", "up": {"inc": "i", "at": "t", "sig": sig, **changes}}


def test_all_that_waits_is_handed_on_and_settled():
    shelf = Shelf()
    done = passing.pass_on(shelf, signed, "life")
    assert done.taken == list(shelf.files)
    assert shelf.inc == "life"
    assert passing.pass_on(shelf, signed).taken == []


@pytest.mark.parametrize(
    "answer",
    [
        lambda file: {"state": "taken"},
        lambda file: {"state": "taken", "up": None},
        lambda file: {"state": "kept", "up": {}},
        lambda file: signed(b"another file"),
        lambda file: signed(file, receipts.new_key()),
        lambda file: signed(file, at="later"),
        lambda file: signed(file, sig=7),
    ],
)
def test_an_answer_without_the_centres_signature_settles_nothing(answer):
    shelf = Shelf()
    with pytest.raises(Trouble):
        passing.pass_on(shelf, answer)
    assert shelf.done == {}


@pytest.mark.parametrize(
    ("refusal", "code"),
    [(Refused(400, "rescue_cut", "m"), "rescue_cut"), (TooLarge("413"), "too_large")],
)
def test_a_refused_file_does_not_hold_up_the_next(refusal, code):
    def ask(file):
        if file == b"one":
            raise refusal
        return signed(file)

    shelf = Shelf()
    done = passing.pass_on(shelf, ask)
    first, second = shelf.files
    assert (done.refused, done.taken) == ({first: code}, [second])


@pytest.mark.parametrize("trouble", [Trouble("no line"), Unauthorised(401, "no_token", "m")])
def test_no_line_or_no_token_is_not_the_files_fault(trouble):
    def ask(_file):
        raise trouble

    shelf = Shelf()
    with pytest.raises(type(trouble)):
        passing.pass_on(shelf, ask)
    assert shelf.done == {}
