"""The phone's map: drawn without a network, said in words, small enough to come along."""

import json
import re
from io import BytesIO
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from fieldlog import data
from fieldlog.imports.basemap import checked
from fieldlog.store import maps
from tests.house.tree import ROOT
from tests.support import basemap, pin
from tests.support.cast import PASSWORD

BUDGET = 130 * 1024
AT_HAGGVIK = {"latitude": 59.4441, "longitude": 17.9327, "accuracy": 30}
# How many colours stand on the canvases: a blank map has one or two.
COLOURS = """() => {
  const seen = new Set();
  for (const canvas of document.querySelectorAll(".map canvas")) {
    const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < data.length; at += 4) seen.add(data.slice(at, at + 4).join());
  }
  return seen.size;
}"""
# Dots in the colour of the names: all of them, and those on the picture's outermost columns.
NAMES = """() => {
  const ink = getComputedStyle(document.querySelector(".map")).getPropertyValue("--ink").trim();
  const brush = document.createElement("canvas").getContext("2d");
  brush.fillStyle = ink;
  brush.fillRect(0, 0, 1, 1);
  const wanted = brush.getImageData(0, 0, 1, 1).data;
  const found = { all: 0, cut: 0 };
  for (const canvas of document.querySelectorAll(".map canvas")) {
    const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let at = 0; at < data.length; at += 4) {
      if ([0, 1, 2, 3].some((i) => Math.abs(data[at + i] - wanted[i]) > 40)) continue;
      found.all += 1;
      const x = (at / 4) % width;
      if (x < 2 || x >= width - 2) found.cut += 1;
    }
  }
  return found;
}"""
LOADED = """() => performance.getEntriesByType("resource")
  .filter(({name}) => /picture-|basemap-/.test(name)).map(({name}) => name)"""
KEPT = """async () => (await (await caches.open("fieldlog-afterwards")).keys()).length"""


@pytest.fixture
def mapped(fresh_stack):
    """A centre that has the outline of its municipality."""
    with fresh_stack.centre.inside():
        outline = json.dumps(data.load("sollentuna_outline.geojson")).encode()
        maps.put("outline", BytesIO(outline))
    return fresh_stack


@pytest.fixture
def afterwards() -> list[dict]:
    return json.loads((ROOT / "static/dist/manifest.json").read_text())["afterwards"]


def test_the_map_is_drawn_with_the_server_gone(mapped, new_phone, afterwards):
    phone = new_phone(mapped.centre.url, geolocation=AT_HAGGVIK, permissions=["geolocation"])
    phone.enrol(mapped.code("alice"))
    phone.tab("Karta")
    expect(phone.page.locator(".map canvas").first).to_be_visible()
    settled(phone, afterwards)
    mapped.stop()
    phone.close()
    phone.open("#map", offline=True)
    expect(phone.heading("Karta")).to_be_visible()
    expect(phone.page.locator(".map canvas").first).to_be_visible()
    drawn(phone)
    phone.button("Visa på kartan – Häggviks station").tap()
    said = phone.page.get_by_role("status").filter(has_text="SWEREF 99 TM")
    expect(said).to_contain_text("Häggviks station")
    expect(said).to_contain_text("N 6 593 159")
    expect(said).to_contain_text("E 666 275")
    phone.button("Min position").tap()
    expect(phone.page.locator("header")).to_contain_text("Din position")
    phone.button("Visa på kartan – Häggviks station").tap()
    phone.button("Här nu – Häggviks station").tap()
    expect(phone.heading("Nu")).to_be_visible()
    expect(phone.running).to_contain_text("Häggvik")


def test_a_tap_in_the_map_tells_where_that_is(mapped, new_phone):
    phone = opened(mapped, new_phone)
    phone.page.locator(".map").tap(position={"x": 12, "y": 12})
    said = phone.page.get_by_role("status").filter(has_text="SWEREF 99 TM")
    expect(said).to_contain_text("Punkt i kartan")


def test_the_keys_move_the_map_and_the_list_says_the_same(mapped, new_phone):
    phone = opened(mapped, new_phone)
    expect(moved(phone, "+", "ArrowLeft")).to_be_focused()
    names = phone.page.locator(".place h3").all_text_contents()
    assert {"Rotebro station", "Helenelunds station"} <= set(names)


def test_on_a_narrow_phone_no_name_is_cut_off_by_the_edge(mapped, new_phone):
    phone = opened(mapped, new_phone, viewport={"width": 320, "height": 640})
    moved(phone, "ArrowLeft")  # and all the places stand near the right edge
    whole = f"() => {{ const {{ all, cut }} = ({NAMES})(); return all > 1000 && cut === 0; }}"
    phone.page.wait_for_function(whole)


def test_whose_map_it_is_stands_on_it(mapped, new_phone, browser_page, tmp_path):
    file = basemap.write(tmp_path / "region.pmtiles")
    with mapped.centre.inside(), file.open("rb") as content:
        found = checked(file, [])
        maps.put("basemap", content, attribution=found.attribution)
    phone = new_phone(mapped.centre.url)
    phone.enrol(mapped.code("alice"))
    phone.button("Här nu – Häggviks station").last.tap()
    phone.tab("Mina")
    expect(phone.page.get_by_text("Allt hos")).to_be_visible()
    phone.tab("Karta")
    expect(phone.page.locator("main").get_by_text(basemap.CREDIT, exact=True)).to_be_visible()
    phone.context.set_offline(True)
    phone.page.reload()
    pin.unlock(phone.page)
    expect(phone.page.locator("main").get_by_text(basemap.CREDIT, exact=True)).to_be_visible()
    browser_page.goto(f"{mapped.centre.url}/login")
    browser_page.locator("input[name=login]").fill("sara")
    browser_page.locator("input[type=password]").fill(PASSWORD)
    browser_page.keyboard.press("Enter")
    expect(browser_page).to_have_url(re.compile("/log$"))
    expect(browser_page.get_by_text(basemap.CREDIT, exact=True)).to_be_visible()


def test_what_draws_the_map_comes_after_the_first_screen_and_in_130_kb(
    mapped, new_phone, afterwards
):
    phone = new_phone(mapped.centre.url)
    phone.enrol(mapped.code("alice"))
    settled(phone, afterwards)
    assert phone.page.evaluate(LOADED) == []
    phone.tab("Karta")
    drawn(phone)
    (name,) = [name for name in phone.page.evaluate(LOADED) if "picture-" in name]
    needed = [url for url in sizes(phone, afterwards) if "basemap-" not in url]
    total = sum(sizes(phone, afterwards)[url] for url in needed)
    print(f"the map: {total / 1024:.1f} KB in {len(needed)} files")
    assert name.endswith(tuple(needed))
    assert 0 < total <= BUDGET


def test_before_the_drawing_piece_has_come_the_list_stands(mapped, new_phone, afterwards):
    phone = new_phone(mapped.centre.url)
    phone.enrol(mapped.code("alice"))
    settled(phone, afterwards)
    phone.expected = ("ERR_FAILED",)
    phone.page.evaluate("() => caches.delete('fieldlog-afterwards')")
    phone.context.new_cdp_session(phone.page).send("Network.clearBrowserCache")
    mapped.stop()
    phone.reload()
    phone.tab("Karta")
    expect(phone.page.get_by_text("Kartan är inte hämtad än")).to_be_visible()
    expect(phone.page.get_by_role("heading", name="Rotebro station")).to_be_visible()


def settled(phone, afterwards) -> None:
    """Wait until the worker has kept what comes afterwards, and the phone its outline."""
    wanted = len(afterwards)
    phone.page.wait_for_function(f"async () => (await ({KEPT})()) === {wanted}")
    outline = "() => caches.match('/map/now.json').then(Boolean)"
    phone.page.wait_for_function(outline)


def opened(mapped, new_phone, **how):
    """A phone whose map is drawn."""
    phone = new_phone(mapped.centre.url, **how)
    phone.enrol(mapped.code("alice"))
    phone.tab("Karta")
    drawn(phone)
    return phone


def moved(phone, *keys: str):
    """The map, once keys have moved it."""
    room = phone.page.get_by_role("application", name="Karta över platserna")
    room.focus()
    before = room.screenshot()
    for key in keys:
        phone.page.keyboard.press(key)
    changed(room, before)
    return room


def drawn(phone) -> None:
    """Outline, marks and names stand on the canvas."""
    phone.page.wait_for_function(f"() => ({COLOURS})() > 20")


def changed(room, before: bytes) -> None:
    for _ in range(50):
        if room.screenshot() != before:
            return
    raise AssertionError("the map has not moved")


def sizes(phone, afterwards) -> dict[str, int]:
    """Bytes on the wire of each file that comes afterwards."""
    found = {}
    for one in afterwards:
        asked = Request(phone.url + one["url"], headers={"Accept-Encoding": "gzip"})
        with urlopen(asked) as answer:
            found[one["url"]] = len(answer.read())
    return found
