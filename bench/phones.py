"""An enrolled phone out of coverage, tapped from inside its page: a test tool that looks for a
button again and again takes the page's own time. Knows no figure.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from bench import servers
from fieldlog.store import devices, people
from tests.browser.phone import Phone
from tests.support import chromium, pin

SLOWER = 4  # as Lighthouse makes a phone of the middle out of a desk's processor

# Put into the page. `answered` gives the milliseconds from the tap to the frame that shows the
# words. A tap while the last one is still being worked on does nothing: hence `gone`.
TAPPING = """() => {
  const PATIENCE_MS = 30_000;
  const AT_REST_MS = 100;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const until = async (what, told) => {
    const end = performance.now() + PATIENCE_MS;
    for (; performance.now() < end; await pause(20)) {
      const found = what();
      if (found) return found;
    }
    throw new Error(told);
  };
  const said = (one) => (one.getAttribute("aria-label") ?? one.textContent).trim();
  const shown = () => [...document.querySelectorAll("button, a, label")];
  const find = (text) => shown().find((one) => said(one).startsWith(text));
  const gone = (text) => until(() => !find(text), `${text} stays`);
  const atRest = async (text) => {
    await until(() => find(text), `nothing says ${text}`);
    await pause(AT_REST_MS);
    return find(text);
  };
  const status = () => document.querySelector(".snack-room")?.textContent ?? "";
  const saying = (words) => new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error(`never said ${words}`)), PATIENCE_MS);
    const watch = new MutationObserver(() => {
      if (!status().includes(words)) return;
      watch.disconnect();
      clearTimeout(late);
      done();
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const tap = async (text) => (await atRest(text)).click();
  const answered = async (text, words) => {
    const button = await atRest(text);
    const answer = saying(words);
    const tapped = performance.now();
    button.click();
    await answer;
    await painted();
    return performance.now() - tapped;
  };
  window.tapping = { tap, answered, gone };
}"""

VISITS = """async (many) => {
  for (let n = 0; n < many; n += 1) {
    await tapping.answered("Här nu", "Här nu:");
    await tapping.answered("Klar – lugnt", "Besöket avslutat");
    await tapping.gone("Klar – lugnt");
  }
}"""

STOOD = """() => performance.getEntriesByName("fieldlog:first-screen")[0].startTime"""

# The PIN by the app's own keys, as fast as a quick thumb; the times count from the last of them:
# until Now stands, and what of it the browser took to stretch the PIN, which no page can hurry.
UNLOCKED = """async (pin) => {
  const { deriveKey } = SubtleCrypto.prototype;
  let stretched = 0;
  SubtleCrypto.prototype.deriveKey = async function (...how) {
    const begun = performance.now();
    const key = await deriveKey.apply(this, how);
    stretched += performance.now() - begun;
    return key;
  };
  const BETWEEN_KEYS_MS = 150;
  const keys = [...document.querySelectorAll("fieldlog-pin-pad button")];
  const key = (name) => keys.find((one) => one.textContent.trim() === name);
  for (const digit of pin) {
    key(digit).click();
    await new Promise((next) => setTimeout(next, BETWEEN_KEYS_MS));
  }
  return new Promise((done) => {
    const watch = new MutationObserver(() => {
      if (document.querySelector("h1")?.textContent.trim() !== "Nu") return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done([performance.now() - entered, stretched])));
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    const entered = performance.now();
    key("Lås upp").click();
  });
}"""


@contextmanager
def phone(folder: Path) -> Iterator[Phone]:
    """Of one who has just been enrolled, and gone where there is no signal."""
    url = f"sqlite:///{folder / 'store.db'}"
    servers.prepare(url, 1)
    with servers.opened(url):
        code, _ = devices.make_code(people.by_login("p0").id)
    with servers.serving(url) as (host, port), sync_playwright() as playwright:
        home = f"http://{host}:{port}"
        made = Phone(playwright.chromium, chromium.launching(), folder / "phone", home)
        try:
            made.enrol(code)
            made.context.set_offline(True)
            made.page.evaluate(TAPPING)
            yield made
        finally:
            made.close()


def visits(phone: Phone, many: int) -> None:
    """Arrive and leave calm, so many times."""
    phone.page.evaluate(VISITS, many)


def opened_cold(phone: Phone) -> tuple[float, float, float]:
    """Seconds from a closed browser's first navigation until the PIN can be entered, from its last
    key until Now stands, and of that for PBKDF2, without a network.
    """
    phone.close()
    phone.open(offline=True, locked=True)
    expect(phone.button("1")).to_be_visible()
    asked = phone.page.evaluate(STOOD)
    unlocked, stretched = phone.page.evaluate(UNLOCKED, pin.PIN)
    return asked / 1000, unlocked / 1000, stretched / 1000
