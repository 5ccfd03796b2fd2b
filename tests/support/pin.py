"""The PIN of every phone in the tests, how it is entered, and how it opens what is sealed.

Knows Playwright's pages and the words of the lock's screens. Where phones are not sealed, it does
nothing.
"""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

PIN = "13572468"
NONE_YET = re.compile(r"^0 .* 8 ")


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


def unsealing() -> str:
    """A script for a page: `unsealed(table, row, keys)` opens there what lies sealed."""
    script = Path(__file__).with_name("unsealed.js").read_text(encoding="utf-8")
    return f"globalThis.PIN = {PIN!r};\n{script}"


def enter(page: Page, pin: str) -> None:
    """Types it, as on a keyboard, once digits are taken."""
    expect(page.locator("fieldlog-pin-pad .count")).to_have_text(NONE_YET)
    page.keyboard.type(pin)
    page.keyboard.press("Enter")
