"""A phone: a Chromium with a profile on disk, so that it can be closed and opened cold.

Watches two promises all the time: no request leaves the origin, no script fails.
"""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Locator, Page, expect

from tests.support import pin

SIZE = {"width": 390, "height": 844}
# A dead network is loud in the console and is what these tests are about.
NETWORK_NOISE = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "ERR_NETWORK")
COUNT_TAPS = """() => {
  const isNew = window.taps === undefined;
  window.taps = 0;
  const count = (event) => { if (event.isTrusted) window.taps += 1; };
  if (isNew) addEventListener("click", count, true);
}"""


@dataclass
class Phone:
    """Open it, tap it, close it. `url` is its home store; `slower` slows its processor down."""

    browser_type: BrowserType
    arguments: dict
    folder: Path
    url: str
    options: dict = field(default_factory=dict)
    slower: int = 1
    context: BrowserContext | None = None
    page: Page | None = None
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def open(self, address: str = "", *, offline: bool = False, locked: bool = False) -> Page:
        """Start the browser on the app, as cold as its profile lets it, and unlock it."""
        self.context = self.browser_type.launch_persistent_context(
            self.folder,
            **self.arguments,
            **(
                {
                    "viewport": SIZE,
                    "has_touch": True,
                    "locale": "sv-SE",
                    "timezone_id": "Europe/Stockholm",
                }
                | self.options
            ),
        )
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.set_offline(offline)
        self.page = self.context.pages[0]
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._heard)
        self.slow_down(self.slower)
        self.page.goto(f"{self.url}/app/{address}")
        if not locked:
            pin.unlock(self.page)
        return self.page

    def reload(self) -> None:
        """Start the app again in its tab, and unlock it."""
        self.page.reload()
        pin.unlock(self.page)

    def close(self) -> None:
        """End the browser; what is not on disk is gone."""
        if self.context:
            self.context.close()
        self.context = self.page = None

    def slow_down(self, slower: int) -> None:
        """Have the page's processor be so many times slower from now on, as in a cheap phone."""
        self.slower = slower
        if slower > 1:
            devtools = self.context.new_cdp_session(self.page)
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})

    def enrol(self, code: str) -> None:
        """Open the link from the supervisor's QR and connect; the app can then start cold."""
        self.open(f"#enrol={code}")
        self.button("Koppla").tap()
        pin.choose(self.page)
        expect(self.heading("Nu")).to_be_visible()
        self.tab("Händelse")
        expect(self.link("Moped & fordon")).to_be_visible()
        self.tab("Nu")
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")

    def hand_over(self, code: str, digits: str) -> None:
        """Connect one more person to an open phone, with a PIN of their own."""
        self.page.goto(f"{self.url}/app/#enrol={code}")
        self.button("Koppla").tap()
        pin.choose(self.page, digits)

    def take_profile(self, name: str, digits: str) -> None:
        """At the lock: another person's profile, and a PIN."""
        self.button("Byt profil").tap()
        self.button(name).tap()
        pin.enter(self.page, digits)

    def describe(self, note: str) -> None:
        """An event about the place, with a note, not saved."""
        self.tab("Händelse")
        self.link("Platsen").tap()
        self.choose("Trasig eller svag belysning")
        self.button("Text").tap()
        self.page.get_by_label("Text, om du vill").fill(note)

    @property
    def running(self) -> Locator:
        """The visit that runs."""
        return self.page.get_by_role("region", name="Pågående besök")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", level=1, name=name, exact=True)

    def tab(self, name: str) -> None:
        """Go to one of the five tabs, and stand there."""
        link = self.page.get_by_role("navigation").get_by_role("link", name=name)
        link.tap()
        expect(link).to_have_attribute("aria-current", "page")

    def choose(self, *answers: str) -> None:
        """Tap answers in a form, by their labels."""
        for answer in answers:
            self.page.get_by_label(answer, exact=True).check()

    def count_taps(self) -> None:
        self.page.evaluate(COUNT_TAPS)

    @property
    def taps(self) -> int:
        return self.page.evaluate("() => window.taps")

    def complaints(self) -> list[str]:
        """What broke one of the two promises."""
        strays = [url for url in self.requests if not url.startswith((self.url, "data:", "blob:"))]
        return strays + self.errors

    def _heard(self, message) -> None:
        known = (*NETWORK_NOISE, *self.expected)
        if message.type == "error" and not any(noise in message.text for noise in known):
            self.errors.append(message.text)
