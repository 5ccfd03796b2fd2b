"""The PIN of every phone in the tests, and how it is entered: one step for all that drive one.

Knows Playwright's pages and the words of the lock's screens. Where phones are not sealed, it does
nothing.
"""

from playwright.sync_api import Page, expect

PIN = "13572468"


def choose(page: Page, pin: str = PIN) -> None:
    """After "Koppla": a PIN, twice, if one is asked for."""
    first = page.get_by_role("heading", level=1, name="Välj en PIN")
    here = page.get_by_role("heading", level=1, name="Nu", exact=True)
    expect(first.or_(here)).to_be_visible()
    if first.is_visible():
        enter(page, pin)
        expect(page.get_by_role("heading", level=1, name="Samma PIN en gång till")).to_be_visible()
        enter(page, pin)


def unlock(page: Page, pin: str = PIN) -> None:
    """At a cold start: the PIN, if the phone is locked."""
    expect(page.locator("fieldlog-app h1")).to_be_visible()
    if page.locator("fieldlog-unlock").count():
        enter(page, pin)
        expect(page.locator("fieldlog-unlock")).to_have_count(0)


def enter(page: Page, pin: str) -> None:
    """Types it, as on a keyboard, once there are keys."""
    expect(page.get_by_role("button", name="1", exact=True)).to_be_visible()
    page.keyboard.type(pin)
    page.keyboard.press("Enter")
