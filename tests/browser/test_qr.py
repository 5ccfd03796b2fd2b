"""The supervisor's QR code, held before the phone's camera, enrols it inside the app."""

from pathlib import Path

import pytest
import segno
from playwright.sync_api import expect

from tests.support import pin

WIDTH, HEIGHT, DARK, LIGHT, GREY = 640, 480, 16, 235, 128


@pytest.fixture
def camera(tmp_path) -> Path:
    """What the phone's camera sees, as a film."""
    return tmp_path / "camera.y4m"


@pytest.fixture
def launching(launching, camera) -> dict:
    seen = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={camera}"]
    return launching | {"args": [*launching["args"], *seen]}


def test_the_supervisors_qr_code_is_read_inside_the_app(shared_stack, new_phone, camera):
    phone = new_phone(shared_stack.node.url, permissions=["camera"])
    code = shared_stack.code("alice")
    film(camera, "https://wifi.example/#login=12345", f"{phone.url}/app/#enrol={code}")
    phone.open()
    phone.button("Läs QR-koden med kameran").tap()
    expect(phone.page.get_by_role("textbox", name="Kod")).to_have_value(code)
    expect(phone.page.locator("video")).to_have_count(0)
    phone.button("Koppla").tap()
    pin.choose(phone.page)
    expect(phone.heading("Nu")).to_be_visible()


def test_without_leave_to_use_the_camera_the_code_is_typed(shared_stack, new_phone, camera):
    phone = new_phone(shared_stack.node.url)
    phone.open()
    phone.button("Läs QR-koden med kameran").tap()
    expect(phone.page.get_by_role("alert").filter(has_text="Skriv koden i stället")).to_be_visible()
    expect(phone.page.get_by_role("textbox", name="Kod")).to_be_visible()


def film(file: Path, *texts: str) -> None:
    """A white paper with one code after the other on it, half a second each, uncompressed."""
    frames = b"".join(frame(text) * 5 for text in texts)
    file.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode() + frames)


def frame(text: str) -> bytes:
    code = [bytes(row) for row in segno.make(text, micro=False).matrix_iter(scale=8, border=4)]
    left, top = (WIDTH - len(code)) // 2, (HEIGHT - len(code)) // 2
    paper = bytearray([LIGHT]) * (WIDTH * HEIGHT)
    for y, row in enumerate(code, top):
        at = y * WIDTH + left
        paper[at : at + len(row)] = bytes(DARK if dark else LIGHT for dark in row)
    return b"FRAME\n" + bytes(paper) + bytes([GREY]) * (WIDTH * HEIGHT // 2)
