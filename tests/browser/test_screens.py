"""Every screen for everyone: axe finds nothing, targets are large, keys do it all."""

import pytest
from playwright.sync_api import expect

from tests.browser.eyes import (
    CLOSE_TARGETS,
    HIDDEN,
    LOOKS,
    OVERFLOW,
    SMALL_TARGETS,
    prefer,
    seen,
    wrong,
)
from tests.browser.phone import Phone

SCREENS = [
    "now",
    "event",
    "event/ORD",
    "where",
    "just-here",
    "other-place",
    "map",
    "mine",
    "more",
    "child",
    "enrol",
    "storage",
    "rescue",
    "sign-out",
    "practice",
    "fault",
    "messages",
    "shift",
    "install",
]
# Text that is wider than the room it was given lies over its neighbour, or is cut off.
CRAMPED = """() => [...document.querySelectorAll("fieldlog-app *")]
  .filter((one) => getComputedStyle(one).display !== "inline" && !one.closest(".map, svg"))
  .filter((one) => [...one.childNodes].some(({nodeType, data}) => nodeType === 3 && data.trim()))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
  .map((one) => `${one.textContent.trim()} ${one.scrollWidth} in ${one.clientWidth}`)"""
TWICE = "--blink-settings=defaultFontSize=32"


@pytest.fixture(scope="module")
def enrolled(bobs_phone) -> Phone:
    """Bob's phone with a running visit."""
    bobs_phone.button("Här nu – Rotebro station").last.tap()
    expect(bobs_phone.running).to_be_visible()
    return bobs_phone


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_axe_finds_nothing_on_any_screen(enrolled, language, look):
    seen(enrolled, language, **LOOKS[look])
    found = {}
    for screen in [*SCREENS, "leave", f"correct/{latest(enrolled)}"]:
        show(enrolled, screen)
        found[screen] = wrong(enrolled.page)
    enrolled.page.emulate_media(forced_colors="none")
    assert {screen: what for screen, what in found.items() if what} == {}


@pytest.mark.parametrize("width", [390, 320])
def test_every_target_is_large_and_stands_clear_of_the_next(enrolled, width):
    prefer(enrolled, language="sv", look="light")
    enrolled.page.set_viewport_size({"width": width, "height": 844})
    for screen in [*SCREENS, "leave"]:
        show(enrolled, screen)
        assert enrolled.page.evaluate(SMALL_TARGETS) == [], screen
        assert enrolled.page.evaluate(CLOSE_TARGETS) == [], screen


@pytest.mark.parametrize(
    ("size", "text"),
    [
        ((320, 568), ""),
        ((195, 422), ""),
        ((844, 390), ""),
        ((390, 844), "200%"),
    ],
    ids=str,
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_nothing_runs_out_of_the_side_or_lies_under_something_else(enrolled, language, size, text):
    seen(enrolled, language, look="dark", text=text)
    enrolled.page.set_viewport_size({"width": size[0], "height": size[1]})
    for screen in [*SCREENS, "leave"]:
        show(enrolled, screen)
        assert enrolled.page.evaluate(OVERFLOW) <= 0, screen
        assert enrolled.page.evaluate(HIDDEN) == [], screen


@pytest.mark.parametrize("language", ["sv", "en"])
def test_twice_the_text_has_its_room_on_a_small_phone_and_on_a_lying_one(
    shared_stack, new_phone, language
):
    """The reader's own setting, which the widths in the stylesheet follow."""
    phone = new_phone(shared_stack.node.url)
    phone.arguments = phone.arguments | {"args": [*phone.arguments["args"], TWICE]}
    phone.enrol(shared_stack.code("alice"))
    prefer(phone, language=language, look="dark")
    assert (
        phone.page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "32px"
    )
    for width, height in ((320, 568), (844, 390)):
        phone.page.set_viewport_size({"width": width, "height": height})
        for screen in SCREENS:
            show(phone, screen)
            assert phone.page.evaluate(OVERFLOW) <= 0, screen
            assert phone.page.evaluate(CRAMPED) == [], screen
            assert phone.page.evaluate(HIDDEN) == [], screen


def test_forced_colours_still_tell_what_is_chosen(enrolled):
    prefer(enrolled, language="sv", look="light")
    enrolled.page.set_viewport_size({"width": 390, "height": 844})
    enrolled.page.emulate_media(forced_colors="active")
    show(enrolled, "event/ORD")
    chosen = enrolled.page.locator(".option:has(:checked)")
    styles = "one => getComputedStyle(one).outlineStyle"
    assert chosen.first.evaluate(styles) == "solid"
    assert enrolled.page.locator(".option:not(:has(:checked))").first.evaluate(styles) == "none"
    enrolled.page.emulate_media(forced_colors="none")


def test_keys_alone_write_an_event(enrolled):
    prefer(enrolled, language="sv", look="light")
    page = enrolled.page
    show(enrolled, "event")
    enrolled.link("Platsen").focus()
    page.keyboard.press("Enter")
    expect(enrolled.heading("Platsen")).to_be_focused()
    page.get_by_label("Trasig eller svag belysning").focus()
    page.keyboard.press("Space")
    enrolled.button("Spara händelsen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Händelsen sparad")


def test_a_change_of_language_is_spoken_at_once(enrolled):
    prefer(enrolled, language="sv", look="light")
    show(enrolled, "more")
    enrolled.choose("English")
    expect(enrolled.heading("More")).to_be_visible()
    expect(enrolled.page.locator("html")).to_have_attribute("lang", "en")
    enrolled.choose("Svenska")
    expect(enrolled.heading("Mer")).to_be_visible()


def show(phone, screen):
    """Go to a screen; its heading takes the focus when it is there."""
    phone.page.evaluate("(screen) => { location.hash = 'x'; location.hash = screen }", screen)
    expect(phone.page.locator("h1")).to_be_focused()


def latest(phone) -> str:
    """The rid of the latest own record."""
    show(phone, "mine")
    href = phone.page.locator(".record a").first.get_attribute("href")
    return href.removeprefix("#correct/")
