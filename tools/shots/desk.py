"""The supervisors' pages, each in both languages and both looks: whatever somebody's navigation
leads to, and one of each kind that these lead to.
"""

from itertools import product

from playwright.sync_api import Page

from tools.shots.album import Album
from tools.shots.demo import Demo

READERS = ("sara", "kerstin", "axel", "adam")
# What stands in nobody's navigation.
BESIDES = {"sara": ("/rescue",), "kerstin": ("/categories", "/actions", "/effect")}
# What a page leads to: where, the first link of this kind, and what that shows.
DEEPER = {
    "/log": [("tbody a[href*='/records/']", "Record")],
    "/devices": [("a[href$='/devices/code']", "Code for a phone")],
    "/places": [("main a[href*='/places/']", "Place")],
    "/promise": [("main a[href*='/promise/commitment/']", "Commitment")],
    "/categories": [("main a[href*='/categories/']", "Category")],
}


def shown(demo: Demo, album: Album) -> None:
    """All of them into the album."""
    _door(demo, album)
    for spoken, look in product(("sv", "en"), ("light", "dark")):
        seen: set[str] = set()
        for login in READERS:
            page = demo.desk(login, color_scheme=look)
            speak(page, demo, spoken)
            page.reload()
            rooms = [one.get_attribute("href") for one in page.locator("header nav a").all()]
            for path in [*rooms, *BESIDES.get(login, ())]:
                if path.split("?")[0] not in seen:
                    _page(page, demo.base + path, album, spoken, look)
                seen.add(path.split("?")[0])
            page.context.close()


def speak(page: Page, demo: Demo, spoken: str) -> None:
    """Have the pages in this language."""
    cookie = {"name": "fieldlog_language", "value": spoken, "url": demo.base}
    page.context.add_cookies([cookie])


def _door(demo: Demo, album: Album) -> None:
    for spoken, look in product(("sv", "en"), ("light", "dark")):
        context = demo.browser.new_context(
            viewport={"width": 1280, "height": 800}, color_scheme=look
        )
        page = context.new_page()
        speak(page, demo, spoken)
        for path, title in {"/": "First page", "/login": "Sign in"}.items():
            page.goto(demo.base + path)
            album.take(page, "desk", title, spoken, look)
        context.close()


def _page(page: Page, url: str, album: Album, spoken: str, look: str) -> None:
    answer = page.goto(url)
    assert answer.ok, f"{url}: {answer.status}"
    path = url.split("/", 3)[3].split("?")[0]
    _drawn(page)
    album.take(page, "desk", path.replace("-", " ").capitalize(), spoken, look)
    for link, title in DEEPER.get(f"/{path}", []):
        if page.locator(link).count():
            page.goto(page.locator(link).first.evaluate("(one) => one.href"))
            _drawn(page)
            album.take(page, "desk", title, spoken, look)
            page.go_back()


def _drawn(page: Page) -> None:
    """Once the map stands, where there is one."""
    page.wait_for_load_state("networkidle")
