"""Places at the desk in a real Chromium: axe finds nothing, nothing is wider than the window."""

import pytest
from playwright.sync_api import expect

from fieldlog.store import places
from tests.browser import eyes
from tests.browser.desk import LOOKS, NARROWEST, WIDE

PAGES = (
    "/places", "/places?show=retired", "/places/HAG", "/places/NOR", "/places/HAG/edit",
    "/places/new",
)  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_page(desk, look):
    with desk.reader("kerstin", **LOOKS[look], bypass_csp=True) as page:
        for path in PAGES:
            page.goto(desk.url + path)
            assert eyes.wrong(page) == [], f"{path}, {look}"


def test_no_page_is_wider_than_the_narrowest_window(desk):
    with desk.reader("kerstin", viewport=NARROWEST) as page:
        for path in PAGES:
            page.goto(desk.url + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= NARROWEST["width"], path


def test_a_place_is_drawn_saved_and_seen(desk):
    with desk.reader("kerstin", viewport=WIDE) as page:
        page.goto(desk.url + "/places")
        page.get_by_role("link", name="Ny plats").click()
        page.get_by_label("Namn").fill("Edsbergs torg")
        page.get_by_label("Kod", exact=True).fill("eds")
        page.get_by_label("Kommundel").fill("Edsberg")
        room = page.get_by_role("application")
        expect(page.get_by_role("button", name="Lägg den mitt på kartan")).to_be_enabled()
        room.scroll_into_view_if_needed()
        first = moved(page, lambda: room.click(position={"x": 100, "y": 100}))
        second = moved(page, lambda: page.mouse.click(*middle(room)))
        assert first[0] > second[0]  # higher on the map is farther north
        assert first[1] < second[1]
        dragged = moved(page, lambda: drag(page, room))
        assert dragged[1] > second[1]
        page.get_by_label("Räckvidd").fill("200")
        drawn = at(page)
        page.get_by_role("button", name="Spara").click()
        expect(page.get_by_role("heading", name="Edsbergs torg")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("200 m")
        expect(page.get_by_role("main")).to_contain_text(f"{drawn[0]:.5f}, {drawn[1]:.5f}")
        page.get_by_role("link", name="Till platserna").click()
        expect(page.get_by_role("link", name="Edsbergs torg")).to_be_visible()
    kept = {one["code"]: one for one in places.listed()}["EDS"]
    assert (kept["lat"], kept["lon"], kept["radius_m"]) == (*drawn, 200)


def test_a_place_is_put_by_the_keyboard_alone_however_fast_the_keys_come(desk):
    with desk.reader("kerstin", viewport=WIDE) as page:
        page.goto(desk.url + "/places/HAG/edit")
        button = page.get_by_role("button", name="Lägg den mitt på kartan")
        expect(button).to_be_enabled()
        room, before = page.get_by_role("application"), at(page)
        room.press("ArrowUp")  # the map still glides to where the place lies
        one = moved(page, lambda: room.press("Enter"))
        room.focus()
        for _ in range(3):
            page.keyboard.press("ArrowUp")
        three = moved(page, lambda: button.press("Enter"))
        step = one[0] - before[0]
        assert step > 0.001
        assert three[0] - one[0] == pytest.approx(3 * step, rel=0.01)
        assert three[1] == pytest.approx(before[1], abs=1e-5)
        page.get_by_role("button", name="Spara").press("Enter")
        expect(page.get_by_role("main")).to_contain_text(f"{three[0]:.5f}, {three[1]:.5f}")


def at(page) -> tuple[float, float]:
    """What stands in the field."""
    lat, lon = page.get_by_label("Position").input_value().split(", ")
    return float(lat), float(lon)


def moved(page, act) -> tuple[float, float]:
    """What stands in the field once the act has changed it."""
    field = page.get_by_label("Position")
    before = field.input_value()
    act()
    expect(field).not_to_have_value(before)
    return at(page)


def middle(room) -> tuple[float, float]:
    box = room.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, room) -> None:
    """Take the place by its middle and move it to the right."""
    x, y = middle(room)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=5)
    page.mouse.up()
