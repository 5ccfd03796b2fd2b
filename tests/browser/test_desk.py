"""The desk in a real Chromium: readable by all, sound without script, live while somebody looks."""

import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from waitress.server import create_server

from fieldlog.config import Settings
from fieldlog.demo import bodies
from fieldlog.store import devices
from tests.house.tree import ROOT
from tests.review import scene
from tests.support.cast import PASSWORD, SECRET, gather, running

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDE, NARROW, NARROWEST = (
    {"width": 1280, "height": 800},
    {"width": 390, "height": 844},
    {"width": 320, "height": 640},
)
LOOKS = {
    "light and wide": {"viewport": WIDE, "color_scheme": "light"},
    "dark and narrow": {"viewport": NARROW, "color_scheme": "dark"},
    "forced colours": {"viewport": WIDE, "forced_colors": "active"},
    "200 % text": {"viewport": WIDE, "color_scheme": "dark"},
}


class Desk:
    """An evening served, and Sara's browser in front of it."""

    def __init__(self, evening: scene.Evening, url: str, browser):
        self.evening, self.url, self.browser = evening, url, browser

    @property
    def paths(self) -> list[str]:
        records = [f"/records/{self.evening.rid(name)}" for name in ("event", "conflict", "lost")]
        rooms = [
            "/log",
            "/log?place=HAG",
            "/log?place=NOR",
            "/devices",
            "/quarantine",
            "/messages",
            "/nights",
        ]
        return ["/", *rooms, "/devices/code", "/access-tokens", "/hooks", "/nothing", *records]

    @contextmanager
    def reader(self, who="sara", **options):
        """A page of Sara's, or of another, signed in; every complaint of the browser fails the
        test.
        """
        context = self.browser.new_context(locale="sv-SE", **options)
        page = context.new_page()
        complaints = []
        page.on("console", lambda said: complaints.append(said.text) if _bad(said) else None)
        page.goto(f"{self.url}/login")
        page.get_by_label("Inloggning").fill(who)
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.get_by_role("button", name="Logga ut").wait_for()
        yield page
        context.close()
        assert complaints == []


@pytest.fixture(scope="module")
def desk(playwright, launching, tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('desk') / 'desk.db'}"
    settings = Settings(secret_key=SECRET, database_url=url, plain_http=True)
    with prepared(settings) as (app, evening):
        server = create_server(app, host="127.0.0.1", port=0)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        browser = playwright.chromium.launch(**launching)
        yield Desk(evening, f"http://127.0.0.1:{server.effective_port}", browser)
        browser.close()
        server.close()


@contextmanager
def prepared(settings: Settings):
    """A centre with an evening in it, a node, and bytes that nobody can read."""
    from fieldlog import create_app
    from fieldlog.store import schema

    with create_app(settings).app_context():
        schema.upgrade()
    with running(settings) as app:
        evening = scene.evening(gather())
        scene.push_raw(evening.phones["bob"], b'<script>alert("x")</script> \xff')
        devices.add_node("Tureberg")
        yield app, evening


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_page(desk, look):
    with desk.reader(**LOOKS[look], bypass_csp=True) as page:
        for path in desk.paths:
            page.goto(desk.url + path)
            for held in page.locator(".held summary").all():
                held.click()
            if look == "200 % text":
                page.evaluate("document.documentElement.style.fontSize = '200%'")
            page.evaluate(AXE)
            found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
            assert [_said(one) for one in found] == [], f"{path}, {look}"


@pytest.mark.parametrize("viewport", [WIDE, NARROW, NARROWEST], ids=lambda size: str(size["width"]))
def test_no_page_is_wider_than_its_window(desk, viewport):
    with desk.reader(viewport=viewport) as page:
        for path in desk.paths:
            page.goto(desk.url + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= viewport["width"], path


def test_the_map_beside_the_log_is_drawn_and_leads_to_a_place(desk):
    with desk.reader(viewport=WIDE) as page:
        page.goto(f"{desk.url}/log?place=HAG")
        room = page.get_by_role("application", name="Var, av posterna som visas")
        expect(room.locator("canvas").first).to_be_visible()
        box = room.bounding_box()
        # Names stand to the right of their marks, so the one mark lies left of the middle.
        room.click(position={"x": box["width"] / 2 - 30, "y": box["height"] / 2})
        said = page.locator("[data-map-said]")
        expect(said).to_contain_text("SWEREF 99 TM N 6 593")
        said.get_by_role("link", name="Häggviks station").click()
        page.get_by_role("link", name="Plats: Häggviks station").wait_for()


def test_everything_works_without_a_script(desk):
    with desk.reader(java_script_enabled=False, viewport=WIDE) as page:
        page.get_by_text("Plats alla").click()
        page.get_by_role("link", name="Häggviks station", exact=True).click()
        page.get_by_role("link", name="Plats: Häggviks station").click()
        page.get_by_role("link", name="Häggviks station, Bråk, hot, våld").click()
        page.get_by_role("heading", name="Häggviks station").wait_for()
        page.get_by_role("button", name="English").click()
        page.get_by_text("Holds now").wait_for()
        page.get_by_role("button", name="Svenska").click()
        page.get_by_role("button", name="Logga ut").click()
        page.get_by_role("heading", name="Logga in").wait_for()


def test_what_arrives_while_somebody_looks_is_offered_and_moves_nothing(desk):
    with desk.reader(viewport=WIDE) as page:
        page.clock.install()
        page.goto(f"{desk.url}/log?place=STI")
        before = page.locator("tbody tr a").count()
        writer, now = desk.evening.phones["alice"], datetime.now(UTC)
        writer.write("visit", bodies.visit("STI", now), now)
        writer.push()
        page.clock.run_for(16_000)
        page.get_by_role("link", name="1 ny", exact=True).wait_for()
        assert page.locator("tbody tr a").count() == before
        page.get_by_role("link", name="1 ny", exact=True).click()
        page.locator("tbody tr a").nth(before).wait_for()


def test_the_log_is_reviewed_from_the_keyboard(desk):
    with desk.reader(viewport=WIDE) as page:
        page.goto(f"{desk.url}/log?review=new")
        rows = page.locator("tbody tr:not(.day)")
        before = rows.count()
        rows.nth(0).locator("a").first.focus()
        for key in ("x", "j", "x", "k", "g"):
            page.keyboard.press(key)
        page.get_by_text("2 poster: granskad").wait_for()
        assert rows.count() == before - 2


def _bad(said) -> bool:
    """A page that is not there, and a form that is sent back, are meant to be so."""
    meant = ("404", "422")
    return said.type in ("error", "warning") and not any(code in said.text for code in meant)


def _said(violation: dict) -> str:
    where = [node["target"] for node in violation["nodes"][:3]]
    return f"{violation['id']}: {violation['help']} {json.dumps(where)}"
