"""Chromium, by the same few verbs as the other engines."""

from pathlib import Path

from tests.faults.phone.devtools import Chromium as Browser


class Chromium:
    """One browser on one profile, that can be killed and opened again."""

    def __init__(self, profile: Path, _display: str | None = None):
        self.browser = Browser(profile)
        self.page = self.browser.page()

    def go(self, url: str) -> None:
        self.page.go(url)

    def run(self, body: str):
        """The value of an async function's body, run in the page."""
        return self.page.evaluate(f"async () => {{ {body} }}")

    def kill(self) -> None:
        """SIGKILL to all of it."""
        self.browser.kill()
