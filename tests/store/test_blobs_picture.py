"""What a photo's bytes are, told from the bytes alone."""

import pytest

from fieldlog.store.blobs import picture
from tests.support import pictures


@pytest.mark.parametrize(
    ("photo", "found"),
    [
        (pictures.jpeg(width=1600, height=1200), ("image/jpeg", 1600, 1200)),
        (pictures.png(3, 5), ("image/png", 3, 5)),
        (pictures.webp(1600, 1200), ("image/webp", 1600, 1200)),
        (
            b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x20\x03\x58\x02",
            ("image/webp", 800, 600),
        ),
        (
            b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x1f\xc3\x95\0\0\0\0\0\0\0\0\0",
            ("image/webp", 800, 600),
        ),
        # An Exif block, padding and a marker without a length come before the frame.
        (
            b"\xff\xd8\xff\xe1\x00\x08Exif\0\0\xff\xff\xd0\xff\xc2\x00\x11\x08\x00\x10\x00\x20\x03",
            ("image/jpeg", 32, 16),
        ),
        (b"\xff\xd8\xff", ("image/jpeg", None, None)),
        (b"\xff\xd8\xff\xe0\x00\x00" * 9, ("image/jpeg", None, None)),
        (b"\xff\xd8\xff\xe0\xff\xff", ("image/jpeg", None, None)),
        (b"\x89PNG\r\n\x1a\n", ("image/png", None, None)),
        (b"\x89PNG\r\n\x1a\n\0\0\0\x0dIDAT" + bytes(20), ("image/png", None, None)),
        (b"RIFF\0\0\0\0WEBP", ("image/webp", None, None)),
        (b"RIFF\0\0\0\0WEBPJUNK" + bytes(40), ("image/webp", None, None)),
    ],
)
def test_a_picture_is_known_by_its_header(photo, found):
    assert picture.look(photo) == found


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"<svg/>", b"GIF89a", b"RIFF\0\0\0\0WAVEfmt ", b"BM", b"%PDF"]
)
def test_anything_else_is_none_of_ours(data):
    assert picture.look(data) is None
    assert picture.kind(data) is None


def test_no_header_makes_it_run_for_ever_or_raise():
    for photo in (pictures.jpeg(200), pictures.png(), pictures.webp()):
        for cut in range(len(photo)):
            picture.look(photo[:cut])
        for at in range(len(photo)):
            for byte in (0x00, 0xFF, 0x01):
                picture.look(photo[:at] + bytes([byte]) + photo[at + 1 :])
