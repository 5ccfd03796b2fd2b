"""Places at the desk in a real Chromium: axe finds nothing, nothing is wider than the window."""

import pytest

from tests.browser.test_desk import AXE, LOOKS, NARROWEST, RULES, desk  # noqa: F401

PAGES = (
    "/places", "/places?show=retired", "/places/HAG", "/places/NOR", "/places/HAG/edit",
    "/places/new",
)  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_page(desk, look):  # noqa: F811
    with desk.reader("kerstin", **LOOKS[look], bypass_csp=True) as page:
        for path in PAGES:
            page.goto(desk.url + path)
            page.evaluate(AXE)
            found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
            assert [one["id"] for one in found] == [], f"{path}, {look}"


def test_no_page_is_wider_than_the_narrowest_window(desk):  # noqa: F811
    with desk.reader("kerstin", viewport=NARROWEST) as page:
        for path in PAGES:
            page.goto(desk.url + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= NARROWEST["width"], path
