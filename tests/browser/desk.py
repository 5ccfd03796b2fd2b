"""The desk in front of a real Chromium: an evening served, readers signed in, and their looks.

Every complaint of a browser fails its test.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from fieldlog import create_app
from fieldlog.config import Settings
from fieldlog.store import devices, schema
from tests.review import scene
from tests.support.cast import PASSWORD, gather, running
from tests.support.listening import listening

WIDE, NARROW, NARROWEST = (
    {"width": 1280, "height": 800},
    {"width": 390, "height": 844},
    {"width": 320, "height": 640},
)
LOOKS = {
    "light and wide": {"viewport": WIDE, "color_scheme": "light"},
    "dark and narrowest": {"viewport": NARROWEST, "color_scheme": "dark"},
    "forced colours": {"viewport": WIDE, "forced_colors": "active"},
    "200 % text": {"viewport": WIDE, "color_scheme": "dark"},
}


class Desk:
    """An evening served, and browsers in front of it."""

    def __init__(self, evening: scene.Evening, url: str, browser: Browser):
        self.evening, self.url, self.browser = evening, url, browser

    def reader(self, who: str = "sara", **options):
        return reader(self.browser, self.url, who, **options)


@contextmanager
def reader(browser: Browser, url: str, who: str, **options) -> Iterator[Page]:
    """A page of one of the cast, signed in."""
    context = browser.new_context(locale="sv-SE", **options)
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if _bad(said) else None)
    sign_in(page, url, who, PASSWORD)
    yield page
    context.close()
    assert complaints == []


def sign_in(page: Page, url: str, login: str, password: str) -> None:
    page.goto(f"{url}/login")
    page.get_by_label("Inloggning").fill(login)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in").click()
    page.get_by_role("button", name="Logga ut").wait_for()


@contextmanager
def served(settings: Settings) -> Iterator[tuple[scene.Evening, str]]:
    """A centre with an evening in it, a node, and bytes that nobody can read; its address."""
    with create_app(settings).app_context():
        schema.upgrade()
    with running(settings) as app:
        evening = scene.evening(gather())
        scene.push_raw(evening.phones["bob"], b'<script>alert("x")</script> \xff')
        devices.add_node("Tureberg")
        with listening(app) as url:
            yield evening, url


def _bad(said) -> bool:
    """A page that is not there, and a form that is sent back, are meant to be so."""
    meant = ("404", "422")
    return said.type in ("error", "warning") and not any(code in said.text for code in meant)
