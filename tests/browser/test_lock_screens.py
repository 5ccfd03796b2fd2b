"""The lock's screens for everyone: axe finds nothing, targets are large, all of it is in reach."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import eyes
from tests.browser.phone import Phone
from tests.support import pin

OTHER = "24681357"
# As if so many wrong PINs had just been tried.
TRIED = """(wrong) => new Promise((done) => {
  const opening = indexedDB.open("fieldlog");
  opening.onsuccess = () => {
    const change = opening.result.transaction(["meta", "keys"], "readwrite");
    change.objectStore("keys").getAll().onsuccess = ({ target: { result: [{ wraps }] } }) => {
      const [account] = Object.keys(wraps);
      const value = { [account]: { wrong, at: Date.now() } };
      change.objectStore("meta").put({ name: "pace", value });
    };
    change.oncomplete = () => (opening.result.close(), done());
  };
})"""
SIZE = "(size) => { document.documentElement.style.fontSize = size }"


@pytest.mark.parametrize("look", eyes.LOOKS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_axe_finds_nothing_and_every_target_is_large(bobs_phone, language, look):
    how = eyes.LOOKS[look]
    eyes.seen(bobs_phone, language, **how)
    page = bobs_phone.page
    found = {}
    for screen in screens(bobs_phone, how.get("text", "")):
        found[screen] = eyes.wrong(page)
        found[screen] += page.evaluate(eyes.SMALL_TARGETS) + page.evaluate(eyes.CLOSE_TARGETS)
    page.emulate_media(forced_colors="none")
    assert {screen: what for screen, what in found.items() if what} == {}


@pytest.mark.parametrize(
    ("size", "text"), [((320, 568), ""), ((844, 390), ""), ((390, 844), "200%")], ids=str
)
def test_nothing_runs_out_of_the_side_or_lies_under_something_else(bobs_phone, size, text):
    eyes.seen(bobs_phone, "sv", look="dark", text=text)
    bobs_phone.page.set_viewport_size({"width": size[0], "height": size[1]})
    for screen in screens(bobs_phone, text):
        assert bobs_phone.page.evaluate(eyes.OVERFLOW) <= 0, screen
        assert bobs_phone.page.evaluate(eyes.HIDDEN) == [], screen


def test_a_small_phone_shows_what_waits_beside_the_keys(bobs_phone):
    eyes.seen(bobs_phone, "sv", look="dark")
    page = bobs_phone.page
    page.set_viewport_size({"width": 320, "height": 640})
    begin(bobs_phone, "", wrong=0)
    for part in (".pad", ".lockfoot"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    pin.unlock(page)


def screens(phone: Phone, text: str) -> Iterator[str]:
    """Each in turn; unlocked before and after them all."""
    page = phone.page
    title, refusal = page.locator("h1"), page.locator(".refusal")
    page.evaluate("() => { location.hash = 'pin' }")
    expect(title).to_be_focused()
    yield "the PIN so far"
    pin.enter(page, pin.PIN)
    expect(page.locator("fieldlog-choose-pin")).to_be_visible()
    yield "choose a PIN"
    pin.enter(page, OTHER)
    yield "the same again"
    pin.enter(page, pin.PIN)
    expect(refusal).not_to_be_empty()
    yield "not the same"

    begin(phone, text, wrong=0)
    yield "locked"
    pin.enter(page, OTHER)
    expect(refusal).not_to_be_empty()
    yield "a wrong PIN"
    page.locator("header button").click()
    expect(page.locator("fieldlog-unlock .stack")).to_be_visible()
    yield "another profile, or a forgotten PIN"
    begin(phone, text, wrong=5)
    yield "wait"
    begin(phone, text, wrong=10)
    expect(refusal).not_to_be_empty()
    yield "no tries left"
    begin(phone, text, wrong=0)
    pin.unlock(page)


def begin(phone: Phone, text: str, wrong: int) -> None:
    """Start the app again at its lock, after so many wrong PINs."""
    page = phone.page
    page.evaluate(TRIED, wrong)
    page.goto(f"{phone.url}/app/")
    page.evaluate(SIZE, text)
    expect(page.locator("fieldlog-unlock h1")).to_be_visible()
