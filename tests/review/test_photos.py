"""Photos on a record's page: shown to who may read its note, waiting where not yet here, inert."""

import re
from datetime import timedelta
from hashlib import sha256
from html import unescape
from types import SimpleNamespace

import pytest

from fieldlog.demo import bodies
from fieldlog.store import blobs
from fieldlog.store.blobs import picture, place
from tests.review.scene import last_digest
from tests.review.test_log import text
from tests.support import pictures

PHOTO = pictures.png(40, 30)
OTHER = pictures.png(30, 40)


@pytest.fixture
def event(evening):
    """Call it to have Alice write an event that names photos; its rid."""

    def write(*photos, **changes) -> str:
        writer = evening.phones["alice"]
        at = evening.start + timedelta(minutes=5)
        body = bodies.event("PLA.belysning", at, blobs=pictures.named(*photos, **changes))
        rid = writer.write("event", body, at)
        writer.push()
        return rid.replace("-", "")

    return write


@pytest.fixture
def sent(cast):
    """Call it to have Alice's phone send a photo whole."""
    phone = SimpleNamespace(id=cast.alice.device, kind="phone")

    def send(photo: bytes) -> str:
        name = sha256(photo).hexdigest()
        blobs.take(name, phone, 0, len(photo), photo)
        return name

    return send


def test_a_photo_that_is_here_is_shown_with_its_size_in_words(sara, event, sent):
    rid = event(PHOTO)
    name = sent(PHOTO)
    page = sara.get(f"/records/{rid}").text
    (image,) = re.findall(r"<img [^>]*>", page)
    assert f'src="/records/{rid}/photos/{name}"' in image
    assert 'width="40" height="30"' in image
    assert 'alt="Foto 1 av 1, 1 kB"' in image


def test_a_photo_that_is_not_here_yet_is_said_to_wait(sara, event):
    page = text(sara.get(f"/records/{event(PHOTO)}").text)
    assert "Foto väntar" in page
    assert "1 foto väntar" in page
    assert "<img" not in page


def test_a_record_without_photos_says_nothing_of_them(sara, evening):
    assert "Foto" not in text(sara.get(f"/records/{evening.rid('calm')}").text)


def test_the_bytes_come_as_what_they_are_and_nothing_in_them_can_act(sara, event, sent):
    rid = event(PHOTO, mime="text/html")
    answer = sara.get(f"/records/{rid}/photos/{sent(PHOTO)}")
    assert answer.data == PHOTO
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "bomb",
    [
        pictures.jpeg(width=65_535, height=65_535),
        pictures.webp(16_383, 16_383),
        b"\xff\xd8\xff\xe1" + b"Exif\x00\x00<script>alert(1)</script>",
        pictures.jpeg(width=0, height=0),
    ],
)
def test_a_picture_that_would_fill_a_memory_is_kept_but_no_page_opens_it(sara, event, sent, bomb):
    rid = event(bomb)
    name = sent(bomb)
    page = sara.get(f"/records/{rid}").text
    assert "<img" not in page
    assert f"/records/{rid}/photos/{name}" in page
    answer = sara.get(f"/records/{rid}/photos/{name}")
    assert answer.data == bomb
    assert answer.headers["Content-Type"].startswith("image/")


def test_a_photo_that_a_correction_took_out_is_kept_and_said_to_be_so(sara, evening, event, sent):
    rid = event(PHOTO, OTHER)
    writer = evening.phones["alice"]
    at = evening.start + timedelta(minutes=9)
    body = bodies.event("PLA.belysning", at, blobs=pictures.named(OTHER))
    ref = f"{rid[:8]}-{rid[8:12]}-{rid[12:16]}-{rid[16:20]}-{rid[20:]}"
    seen = {"ref": ref, "base": last_digest(writer), "body": body, "why": "Fel foto."}
    writer.write("amend", seen, at)
    writer.push()
    names = [sent(photo) for photo in (PHOTO, OTHER)]
    page = unescape(sara.get(f"/records/{rid}").text)
    shown = re.findall(r'<img src="/records/\w+/photos/(\w+)"', page)
    assert shown == [names[1], names[0]]
    assert page.count("borttaget genom en rättelse") == 1


def test_nobody_else_gets_the_photo(visitor, cast, evening, event, sent):
    rid = event(PHOTO)
    address = f"/records/{rid}/photos/{sent(PHOTO)}"
    assert visitor(cast.sara).get(address).status_code == 200
    assert visitor(cast.charlie).get(address).status_code == 404
    for member in (cast.alice, cast.adam, cast.kerstin, cast.axel):
        assert visitor(member).get(address).status_code == 403
    assert visitor().get(address).status_code == 302


def test_a_photo_is_found_only_under_a_record_that_names_it(sara, evening, event, sent):
    event(PHOTO)
    name = sent(PHOTO)
    for rid in (evening.rid("calm"), evening.rid("theirs"), "0" * 32, "x"):
        assert sara.get(f"/records/{rid}/photos/{name}").status_code == 404


@pytest.mark.parametrize("name", ["0" * 64, "x", "..", "é"])
def test_what_is_no_photo_of_the_record_is_not_found(sara, event, name):
    assert sara.get(f"/records/{event(PHOTO)}/photos/{name}").status_code == 404


def test_a_photo_whose_bytes_are_gone_is_not_found(sara, event, sent):
    rid = event(PHOTO)
    name = sent(PHOTO)
    place.current().set_aside(name)
    assert sara.get(f"/records/{rid}/photos/{name}").status_code == 404


def test_what_may_be_shown_has_a_known_size_within_reason():
    assert picture.may_be_shown(4000, 3000)
    assert not picture.may_be_shown(40_000, 30_000)
    assert not picture.may_be_shown(None, None)
