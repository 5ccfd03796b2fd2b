"""The desk in a real Chromium: readable by all, sound without script, live while somebody looks."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from fieldlog.demo import bodies
from tests.browser import eyes
from tests.browser.desk import LOOKS, NARROW, NARROWEST, WIDE

ROOMS = (
    "/log", "/log?place=HAG", "/log?place=NOR", "/devices", "/quarantine", "/messages", "/nights",
)  # fmt: skip


@pytest.fixture(scope="module")
def paths(desk) -> list[str]:
    records = [f"/records/{desk.evening.rid(name)}" for name in ("event", "conflict", "lost")]
    return ["/", *ROOMS, "/devices/code", "/access-tokens", "/hooks", "/nothing", *records]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_page(desk, paths, look):
    with desk.reader(**LOOKS[look], bypass_csp=True) as page:
        for path in paths:
            page.goto(desk.url + path)
            for held in page.locator(".held summary").all():
                held.click()
            if look == "200 % text":
                page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert eyes.wrong(page) == [], f"{path}, {look}"


@pytest.mark.parametrize("viewport", [WIDE, NARROW, NARROWEST], ids=lambda size: str(size["width"]))
def test_no_page_is_wider_than_its_window(desk, paths, viewport):
    with desk.reader(viewport=viewport) as page:
        for path in paths:
            page.goto(desk.url + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= viewport["width"], path


def test_the_boxes_to_tick_stand_in_one_column(desk):
    with desk.reader(viewport=WIDE) as page:
        page.goto(f"{desk.url}/log")
        expect(page.locator(".log .q1 input")).to_have_count(1)  # a row with a longer word
        boxes = [box.bounding_box() for box in page.locator(".log input").all()]
        assert len({round(box["x"]) for box in boxes}) == 1


def test_on_a_narrow_screen_the_navigation_shows_where_one_is(desk):
    with desk.reader(viewport=NARROW) as page:
        for path in ("/log", "/messages", "/audit"):
            page.goto(desk.url + path)
            expect(page.locator("nav [aria-current]")).to_be_in_viewport(ratio=0.95)


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
