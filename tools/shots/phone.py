"""The phone's screens, each in both languages and both looks, after an hour of Alice's evening."""

import re
from itertools import product

from playwright.sync_api import Page, expect

from tests.support import pin
from tools.shots.album import Album
from tools.shots.demo import Demo

# By address; those of a running visit and those without a network come in turn.
IDLE = {
    "now": "Now",
    "event": "Event",
    "event/FOR": "Kind of event",
    "where": "Another place or time",
    "just-here": "Just been here",
    "other-place": "Another place",
    "map": "Map",
    "mine": "Mine",
    "correct": "Correct",
    "more": "More",
    "shift": "Shift",
    "messages": "Messages",
    "storage": "Storage",
    "rescue": "Rescue file",
    "practice": "Drill",
    "child": "Concern for a child",
    "install": "On the home screen",
    "sign-out": "Log out",
    "enrol": "Enrol",
}
RUNNING = {"now": "Now, in a visit", "fault": "Fault at the place", "leave": "Leave and say more"}
OFFLINE = {"now": "Now, without a network", "mine": "Mine, not yet sent"}
LOCKED = "Locked"
BRAKE = "Personal number in a text"
PREFER = """(some) => localStorage.setItem("fieldlog.preferences", JSON.stringify(
  {...JSON.parse(localStorage.getItem("fieldlog.preferences") ?? "{}"), ...some}))"""
GO = "(where) => { location.hash = 'x'; location.hash = where }"
STANDS = """() => document.activeElement?.matches("h1") && document.querySelector("main")
  && (!document.querySelector(".map") || document.querySelector(".map canvas"))"""


def shown(demo: Demo, album: Album) -> None:
    """All of them into the album."""
    page = demo.phone(minutes=45, device_scale_factor=1.5)
    _evening(page)
    record = page.locator(".record a").first.get_attribute("href")
    page.evaluate(GO, "#now")
    arrive(page, 18)
    _each(page, album, RUNNING, record)
    page.context.set_offline(True)
    _event(page)
    _each(page, album, OFFLINE, record)
    page.context.set_offline(False)
    page.evaluate(GO, "#now")
    page.locator(".dock .button.lit").click()
    expect(page.locator(".panel.lit")).to_have_count(0)
    _each(page, album, IDLE, record)
    page.context.close()


def arrive(page: Page, minutes: int) -> None:
    """A visit at the nearest place that has run so long."""
    page.get_by_role("button", name=re.compile("^(Här nu|Here now)")).last.click()
    expect(page.locator(".panel.lit")).to_be_visible()
    page.clock.fast_forward(minutes * 60_000)


def _evening(page: Page) -> None:
    """A calm visit, and one with an event: so that Mine has something in it."""
    arrive(page, 12)
    page.get_by_role("button", name="Klar – lugnt").click()
    expect(page.locator(".panel.lit")).to_have_count(0)
    page.clock.fast_forward("05:00")
    arrive(page, 9)
    _event(page)
    page.get_by_role("button", name="Klar", exact=True).click()
    expect(page.locator(".panel.lit")).to_have_count(0)
    page.clock.fast_forward("03:00")
    page.evaluate(GO, "#mine")
    page.locator(".record a").first.wait_for()


def _event(page: Page) -> None:
    page.evaluate(GO, "#event/FOR")
    page.locator(".option").first.click()
    page.get_by_label("4–10").check()
    page.locator(".dock .button.lit").click()
    expect(page.locator(".panel.lit")).to_be_visible()


def _each(page: Page, album: Album, screens: dict[str, str], record: str) -> None:
    page.clock.fast_forward("00:15")  # what was just saved is no longer said
    for spoken, look in product(("sv", "en"), ("light", "dark")):
        page.evaluate(PREFER, {"language": spoken, "look": look})
        page.reload()
        if screens is IDLE:
            expect(page.locator("h1")).to_be_visible()
            if page.locator("fieldlog-unlock").count():
                album.take(page, "phone", LOCKED, spoken, look)
        pin.unlock(page)
        expect(page.locator("h1")).to_be_visible()
        for where, title in screens.items():
            page.evaluate(GO, record if where == "correct" else f"#{where}")
            page.wait_for_function(STANDS)
            album.take(page, "phone", title, spoken, look)
        if screens is IDLE:
            _brake(page, album, spoken, look)


def _brake(page: Page, album: Album, spoken: str, look: str) -> None:
    """What is typed is let go again, so that no draft of it stands on Now."""
    page.evaluate(GO, "#event/ORD")
    page.wait_for_function(STANDS)
    page.get_by_role("button", name="Text", exact=True).click()
    note = page.locator("textarea")
    note.fill("811218-9876 står vid porten, ring 070-123 45 67")
    page.locator(".find").first.scroll_into_view_if_needed()
    album.take(page, "phone", BRAKE, spoken, look)
    note.fill("")
    page.evaluate(GO, "#now")
    page.wait_for_timeout(500)
