"""A fresh demo and the browser that looks at it. Knows no screen."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support import chromium, pin

PORT = "8765"
FIELDLOG = [sys.executable, "-m", "fieldlog"]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
HAGGVIK = {"latitude": 59.4441, "longitude": 17.9327, "accuracy": 20}
# Phones' own letters, where they are installed: what Linux calls its system's is wider.
LETTERS = """<?xml version="1.0"?><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir prefix="xdg">fonts</dir>
<match target="pattern"><edit name="family" mode="prepend_first" binding="strong">
<string>Roboto</string></edit></match></fontconfig>"""


@dataclass
class Demo:
    """`passwords` are everyone's by login."""

    browser: Browser
    base: str
    database: str
    passwords: dict[str, str]

    def phone(self, *, minutes: int = 0, **options) -> Page:
        """Alice's phone at Häggvik, enrolled, its list ordered by where it is.

        It is that many minutes earlier: as long as what is done with it is to take.
        """
        context = self.browser.new_context(
            **{
                "viewport": PHONE,
                "locale": "sv-SE",
                "timezone_id": "Europe/Stockholm",
                "has_touch": True,
                "geolocation": HAGGVIK,
                "permissions": ["geolocation"],
            }
            | options
        )
        page = context.new_page()
        page.clock.install(time=datetime.now(UTC) - timedelta(minutes=minutes))
        self.enrol(page)
        page.get_by_role("button", name="Visa närmast först").click()
        page.get_by_text("närmast först", exact=True).wait_for()
        return page

    def enrol(self, page: Page) -> None:
        """Make a page Alice's phone."""
        page.goto(f"{self.base}/app/#enrol={self._code()}")
        page.get_by_role("button", name="Koppla").click()
        pin.choose(page)

    def desk(self, login: str, **options) -> Page:
        """A page of somebody who has signed in."""
        context = self.browser.new_context(viewport=DESK, locale="sv-SE", **options)
        page = context.new_page()
        page.goto(f"{self.base}/login")
        page.locator("input[name=login]").fill(login)
        page.locator("input[type=password]").fill(self.passwords[login])
        page.keyboard.press("Enter")
        expect(page.locator("header nav a").first).to_be_visible()
        return page

    def _code(self) -> str:
        command = [*FIELDLOG, "device", "code", "alice", "--json"]
        env = os.environ | {"FIELDLOG_DATABASE_URL": self.database}
        made = subprocess.run(command, env=env, capture_output=True, check=True)
        return json.loads(made.stdout)["code"]


@contextmanager
def running() -> Iterator[Demo]:
    """Serves a demo of its own for as long as it is looked at."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        served, passwords = _started(folder)
        try:
            letters = Path(folder) / "fonts.conf"
            letters.write_text(LETTERS, encoding="utf-8")
            env = os.environ | {"FONTCONFIG_FILE": str(letters)}
            browser = playwright.chromium.launch(**chromium.launching(), env=env)
            database = f"sqlite:///{folder}/centre.db"
            yield Demo(browser, f"http://127.0.0.1:{PORT}", database, passwords)
            browser.close()
        finally:
            served.terminate()
            served.wait()


def _started(folder: str) -> tuple[subprocess.Popen, dict[str, str]]:
    command = [*FIELDLOG, "demo", "--port", PORT, "--folder", folder]
    env = os.environ | {"FIELDLOG_PHONE_LOCK": "on"}
    demo = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    said = ""
    while "serves at" not in said:
        line = demo.stdout.readline()
        if not line:
            sys.exit(f"the demo did not start: {said}")
        said += line
    return demo, dict(re.findall(r"^  (\w+) +(\S+) +\w+, \w+$", said, re.MULTILINE))
