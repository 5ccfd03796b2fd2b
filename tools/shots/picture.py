"""The README's picture, and those that phones show before the app is installed."""

from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support import pin
from tools.shots.album import packed
from tools.shots.demo import DESK, PHONE, Demo
from tools.shots.desk import speak
from tools.shots.phone import GO, PREFER, STANDS, arrive

ROOT = Path(__file__).resolve().parents[2]
MINUTES = 18
ROTEBRO = {"latitude": 59.4761, "longitude": 17.9148, "accuracy": 20}
ON_A_WALL = """<body style="margin:0;height:100vh;overflow:hidden;position:relative;
background:radial-gradient(ellipse at 22% 40%,#2b3a44,#0b1216 75%)">
<img src="data:image/png;base64,{desk}" style="position:absolute;right:56px;top:56px;height:700px;
border-radius:10px;box-shadow:0 20px 60px #000b">
<img src="data:image/png;base64,{phone}" style="position:absolute;left:56px;top:104px;height:700px;
border-radius:38px;border:8px solid #05080a;box-shadow:0 24px 70px #000e"></body>"""


def readme(demo: Demo) -> None:
    """The phone by night beside the week on the desk."""
    phone = _in_a_visit(demo)
    desk = demo.desk("kerstin", device_scale_factor=2, color_scheme="light")
    speak(desk, demo, "sv")
    desk.goto(f"{demo.base}/week")
    pictures = {"phone": phone.screenshot(), "desk": desk.screenshot()}
    coded = {name: b64encode(picture).decode() for name, picture in pictures.items()}
    wall = demo.browser.new_page(viewport={"width": 1576, "height": 872})
    wall.set_content(ON_A_WALL.format(**coded))
    wall.screenshot(path=ROOT / "docs" / "fieldlog.png")


def before_installing(demo: Demo, packer: Page) -> None:
    """What the manifest names: upright, and wide."""
    for name, size in {"phone": PHONE, "wide": DESK}.items():
        page = _in_a_visit(demo, viewport=size)
        file = ROOT / "static" / "install" / f"{name}.webp"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(packed(packer, page.screenshot(), 0.75))


def _in_a_visit(demo: Demo, **options) -> Page:
    """Alice's phone in the dark, its messages read."""
    page = demo.phone(minutes=MINUTES, device_scale_factor=2, geolocation=ROTEBRO, **options)
    page.evaluate(PREFER, {"look": "dark"})
    for screen in ("#messages", "#now"):
        page.evaluate(GO, screen)
        page.wait_for_function(STANDS)
    arrive(page, MINUTES)
    page.reload()
    pin.unlock(page)
    page.clock.fast_forward("00:15")
    expect(page.get_by_text("Telefonens klocka")).to_have_count(0)
    return page
