"""A phone in a fault: a real Chromium with the real app, a thumb on its buttons, a memory outside.

`acknowledged` holds what the app has called saved on the screen, as {rid: SHA-256 of the bytes};
it is kept out here, where no fault reaches.
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from tests.faults.phone.devtools import Chromium, Complaint, Gone, Page
from tests.support import pin

THUMB = Path(__file__).with_name("thumb.js")
SIZE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
ACTS = ("visit", "visit", "visit", "visit", "move", "event")
READY_S = 60


class NotReady(AssertionError):
    """The app does not come to what it must come to."""


@dataclass(frozen=True)
class Entry:
    """One entry as it lies in the phone's storage."""

    log: str
    seq: int
    rid: str | None
    t: str | None
    sha256: str


@dataclass
class Handset:
    """`folder` holds the profile, `url` is the home store."""

    folder: Path
    url: str
    acknowledged: dict[str, str] = field(default_factory=dict)
    heard: Callable[[str, str], None] = lambda rid, sha256: None
    browser: Chromium | None = None
    page: Page | None = None

    def start(self, address: str = "") -> Page:
        """The browser, cold, on the app; returns when the app shows itself."""
        self.browser = Chromium(self.folder)
        self.page = self.browser.page()
        self.prepare(self.page)
        self.visit(self.page, address)
        return self.page

    def prepare(self, page: Page) -> None:
        """Make a tab a phone's, with the harness's ear in it."""
        page.call("Emulation.setDeviceMetricsOverride", **SIZE)
        page.call("Emulation.setTimezoneOverride", timezoneId="Europe/Stockholm")
        page.call("Emulation.setLocaleOverride", locale="sv-SE")
        page.call("Page.addScriptToEvaluateOnNewDocument", source=thumb())
        for name in ("acknowledged", "stuck"):
            page.call("Runtime.addBinding", name=name)

    def visit(self, page: Page, address: str = "") -> None:
        """Go to the app in a tab and unlock it; returns when it has drawn what is stored."""
        page.go(f"{self.url}/app/{address}")
        drawn = "() => Boolean(document.querySelector('fieldlog-app h1'))"
        wait_for(lambda: page.evaluate(drawn), "the app on the screen")
        page.evaluate("() => thumb.begin()")

    def enrol(self, code: str) -> None:
        """Open the supervisor's link and connect; the app can start cold from then on."""
        self.start(f"#enrol={code}")
        self.page.evaluate("() => thumb.enrol()")

    def save(self, *acts: str) -> None:
        """Do these things in the app, one after another, each until it is called saved."""
        for act in acts:
            self.page.evaluate("(act) => thumb.act(act)", act)
        self.listen(0)

    def tap(self, rng: Random, seconds: float) -> None:
        """Go on tapping whatever comes; return so long after the first "saved", in mid-work."""
        self.page.evaluate("(acts) => void thumb.go(acts)", [rng.choice(ACTS) for _ in range(500)])
        before = len(self.acknowledged)
        wait_for(lambda: self.listen(0) or len(self.acknowledged) > before, "a save")
        self.listen(seconds)

    def listen(self, seconds: float) -> None:
        """Write down what is called saved meanwhile, and whatever was before."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 or not self.browser.events.empty():
            for event in self.browser.heard("Runtime.bindingCalled", max(left, 0.001)):
                self._note(event)

    def kill(self) -> None:
        """SIGKILL to the whole browser."""
        self.browser.kill()
        self.browser = self.page = None

    def close(self) -> None:
        if self.browser:
            self.browser.close()
        self.browser = self.page = None

    def stored(self) -> list[Entry]:
        """Every entry in the phone's storage."""
        return [Entry(**row) for row in self.page.evaluate("() => thumb.entries()")]

    def since(self, before: set[str]) -> dict[str, str]:
        """What was called saved and was not in `before`."""
        return {rid: sha for rid, sha in self.acknowledged.items() if rid not in before}

    def rows(self, table: str) -> list[dict]:
        """A table of the app's own database, raw."""
        return self.page.evaluate("(table) => thumb.rows(table)", table)

    def replace_page(self) -> Page:
        """The tab is gone: open the app in another."""
        self.page = self.browser.new_page()
        self.prepare(self.page)
        self.visit(self.page)
        return self.page

    def send(self) -> None:
        """Let the app think that the network is back: it sends at once."""
        self.page.evaluate("() => void dispatchEvent(new Event('online'))")

    def drain(self, seconds: float = READY_S) -> float:
        """Seconds until the app says that the centre has all; sends at once."""
        self.send()
        return self.drained(seconds)

    def drained(self, seconds: float) -> float:
        """The same without a hint that there is a network."""
        signed = "() => thumb.settled()"
        return wait_for(lambda: self.page.evaluate(signed), "all at the centre", seconds)

    def unsigned(self) -> int:
        """How many entries of its logs the centre has not signed for, by the rows themselves."""
        return sum(row["seq"] - ((row["up"] or {}).get("have") or 0) for row in self.rows("logs"))

    def lacking(self) -> int:
        """How many records the app says are not yet at the centre."""
        return self.page.evaluate("() => thumb.lacking()")

    def _note(self, event: dict) -> None:
        if event["name"] == "stuck":
            raise NotReady(event["payload"])
        record = json.loads(event["payload"])
        self.acknowledged[record["rid"]] = record["sha256"]
        self.heard(record["rid"], record["sha256"])


def wait_for(what: Callable[[], bool], named: str, seconds: float = READY_S) -> float:
    """Seconds until it is so; NotReady where it never is."""
    begun = time.monotonic()
    while True:
        with suppress(Complaint):
            if what():
                return time.monotonic() - begun
        if time.monotonic() - begun > seconds:
            raise NotReady(f"never: {named} (in {seconds} s)")
        time.sleep(0.01)


@cache
def thumb() -> str:
    """What is put into every page: the thumb, the PIN that it enters, and what that opens."""
    return pin.unsealing() + THUMB.read_text(encoding="utf-8")


__all__ = ["Entry", "Gone", "Handset", "NotReady", "wait_for"]
