"""How long a tap takes to be on disk: from the call to save until IndexedDB says complete.

A real Chromium, strict durability, the app's own screens: arrive and leave, again and again. The
app marks each save in the browser's own performance timeline; the page is offline meanwhile.
"""

import re
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from bench import servers
from bench.figures import Figure, percentile
from fieldlog.store import devices, people
from tests.support import chromium

VISITS_A_ROUND = 20
# In the page: a test tool that looks for a button again and again takes the page's own time.
TAPS = """async (visits) => {
  const said = (button) => button.getAttribute("aria-label") ?? button.textContent.trim();
  const buttons = () => [...document.querySelectorAll("button")];
  const find = (text) => buttons().find((button) => said(button).startsWith(text));
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const saves = () => performance.getEntriesByName("fieldlog:append");
  const until = async (what) => { while (!what()) await pause(50); return what(); };
  performance.clearMeasures("fieldlog:append");
  for (let taps = 0; taps < 2 * visits; ) {
    const button = await until(() => find(taps % 2 ? "Klar – lugnt" : "Här nu"));
    await pause(100);
    button.click();
    taps += 1;
    await until(() => saves().length === taps);
  }
  return saves().map((save) => save.duration);
}"""


def measure(folder: Path, options) -> list[Figure]:
    """p95 and median in milliseconds, one sample a round of 40 saves."""
    url = f"sqlite:///{folder / 'save.db'}"
    servers.prepare(url, 1)
    with servers.opened(url):
        code, _ = devices.make_code(people.by_login("p0").id)
    with servers.serving(url) as (host, port), sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(folder / "profile"),
            executable_path=chromium.path(),
            args=chromium.QUIET,
            viewport={"width": 390, "height": 844},
            locale="sv-SE",
        )
        try:
            rounds = _rounds(context, f"http://{host}:{port}/app/#enrol={code}", options.rounds)
        finally:
            context.close()
    return [
        Figure("save until durable in Chromium, p95", "ms", [r[0] for r in rounds], 20, below=True),
        Figure("save until durable in Chromium, median", "ms", [r[1] for r in rounds]),
    ]


def _rounds(context, address: str, rounds: int) -> list[tuple[float, float]]:
    page = context.pages[0]
    page.goto(address)
    page.get_by_role("button", name=re.compile("Skriv in|Anslut|Koppla")).click()
    arrive = page.get_by_role("button", name=re.compile("^Här nu")).first
    expect(arrive).to_be_visible()
    context.set_offline(True)
    took = [page.evaluate(TAPS, VISITS_A_ROUND) for _ in range(rounds)]
    return [(percentile(each, 0.95), percentile(each, 0.5)) for each in took]
