"""The promise and its forms in a real Chromium: axe finds nothing, a window crosses midnight."""

from datetime import UTC, date, datetime

import pytest

from fieldlog.measure.week import week_of_day
from fieldlog.store import promises
from tests.browser import eyes
from tests.browser.desk import LOOKS, NARROWEST, WIDE
from tests.store.agreed import PRESENCE, publish

PAGES = (
    "/promise", "/promise/commitment/kvallar", "/promise/commitment/kvallar/edit",
    "/promise/commitment/new?form=count", "/promise/agreement/new", "/promise/import",
    "/categories", "/categories/VAL.ran", "/categories/VAL/new",
)  # fmt: skip


@pytest.fixture(scope="module")
def agreed(desk):
    """A promise in force this year, at places of the evening."""
    today = datetime.now(UTC).date()
    year = {"from": f"{today.year}-01-01", "to": f"{today.year}-12-31"}
    lasting = year | {"follow_up": f"{today.year}-12-10"}
    first = date(today.year, 1, 1)
    publish("promise", "lofte", {"title": "Medborgarlöfte", **lasting}, since=first)
    publish("focus", "offentliga", {"title": "Offentliga platser", "promise": "lofte"}, since=first)
    publish("commitment", "kvallar", PRESENCE | lasting | {"places": ["HAG"]}, since=first)
    return desk


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_page(agreed, look):
    with agreed.reader("kerstin", **LOOKS[look], bypass_csp=True) as page:
        for path in PAGES:
            page.goto(agreed.url + path)
            assert eyes.wrong(page) == [], f"{path}, {look}"


def test_no_page_is_wider_than_the_narrowest_window(agreed):
    with agreed.reader("kerstin", viewport=NARROWEST) as page:
        for path in PAGES:
            page.goto(agreed.url + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= NARROWEST["width"], path


def test_a_commitment_is_written_and_published_without_a_script(agreed):
    with agreed.reader("kerstin", java_script_enabled=False, viewport=WIDE) as page:
        page.goto(agreed.url + "/promise/focus/offentliga")
        page.get_by_role("link", name="Nytt åtagande om närvaro").click()
        page.get_by_label("Rubrik", exact=True).fill("Sen kväll i Häggvik")
        page.get_by_label("Häggviks station").check()
        page.get_by_label("Besök i veckan").fill("2")
        page.get_by_label("fre").first.check()
        page.get_by_label("Börjar").first.fill("21:00")
        page.get_by_label("Slutar").first.fill("02:00")
        page.get_by_role("button", name="Publicera").click()
        said = page.get_by_role("alert").inner_text()
        assert said.endswith("saknas: ansvarig organisation, en period, datum för uppföljning.")
        page.get_by_label("Ansvarig").select_option(label="Polisen Sollentuna")
        year = datetime.now(UTC).year
        days = {"Första dag": "01-01", "Sista dag": "12-31", "Följs upp": "12-10"}
        for label, day in days.items():
            page.get_by_label(label).fill(f"{year}-{day}")
        page.get_by_role("button", name="Publicera").click()
        assert "Publicerat." in page.get_by_role("status").inner_text()
        assert "fre 21:00–02:00" in page.get_by_role("main").inner_text()
    asked = promises.targets(week_of_day(datetime.now(UTC).date()))
    assert ("sen-kvall-i-haggvik", "HAG", 2) in [
        (one.commitment, one.place, one.visits) for one in asked
    ]
