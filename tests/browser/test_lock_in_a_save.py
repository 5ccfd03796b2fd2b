"""The phone locks in the moment of a save, or over one that failed: it is its author's still."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.stored import rows
from tests.support import pin

OTHER = "24681357"
NOTE = "Lampan vid uppgång norr är trasig"
# Another tab locks the phone, and the thumb comes down before this one has drawn its lock.
LOCK_AND_TAP = """(button) => new Promise((done) => {
  const [lock, locked] = [0, 1].map(() => new BroadcastChannel("fieldlog-keys"));
  locked.addEventListener("message", () => done(button.click()), { once: true });
  lock.postMessage({ type: "lock" });
})"""

LOCK = """() => new BroadcastChannel("fieldlog-keys").postMessage({ type: "lock" })"""
FILL = """() => {
  const { add, put } = IDBObjectStore.prototype;
  const full = (write) => function (...row) {
    if (this.name === "entries") throw new DOMException("", "QuotaExceededError");
    return write.apply(this, row);
  };
  Object.assign(IDBObjectStore.prototype, { add: full(add), put: full(put) });
  globalThis.giveRoom = () => void Object.assign(IDBObjectStore.prototype, { add, put });
}"""


@pytest.fixture
def phone(shared_stack, new_phone):
    """Alice's phone, sealed under a PIN."""
    phone = new_phone(shared_stack.centre.url)
    phone.enrol(shared_stack.code("alice"))
    return phone


def lock_and_tap(phone, button: str) -> None:
    phone.button(button).last.evaluate(LOCK_AND_TAP)
    expect(phone.heading("Lås upp passet")).to_be_visible()


def said(phone):
    return phone.page.locator(".snack-room")


def test_what_was_written_is_saved_by_itself_once_the_pin_is_entered(phone):
    phone.describe(NOTE)
    lock_and_tap(phone, "Spara händelsen")
    assert NOTE not in phone.page.inner_text("body")
    pin.enter(phone.page, pin.PIN)
    expect(said(phone)).to_contain_text("Händelsen sparad")
    expect(phone.page.get_by_role("dialog")).to_have_count(0)
    expect(phone.heading("Nu")).to_be_visible()
    phone.tab("Mina")
    phone.page.get_by_role("link", name=re.compile("^Rätta: Händelse")).tap()
    expect(phone.page.get_by_label("Text, om du vill")).to_have_value(NOTE)


def test_it_waits_for_its_author_and_hinders_nobody_else(shared_stack, phone):
    phone.hand_over(shared_stack.code("bob"), OTHER)
    lock_and_tap(phone, "Här nu – Häggviks station")
    phone.take_profile("Profil 1", pin.PIN)
    phone.button("Här nu – Rotebro station").last.tap()
    expect(phone.running).to_contain_text("Rotebro station")
    phone.tab("Mina")
    expect(phone.page.locator(".record")).to_contain_text("Rotebro station")
    phone.tab("Mer")
    phone.button("Lås nu").tap()
    phone.take_profile("Profil 2", OTHER)
    expect(phone.running).to_contain_text("Häggviks station")
    phone.tab("Mina")
    expect(phone.page.locator(".record")).to_contain_text("Häggviks station")


def test_a_visit_that_was_left_ends_once_and_at_the_tap(phone):
    phone.page.clock.install()
    phone.reload()
    phone.button("Här nu – Rotebro station").last.tap()
    expect(phone.running).to_contain_text("Rotebro station")
    lock_and_tap(phone, "Klar – lugnt")
    phone.page.clock.fast_forward("05:00:00")
    pin.enter(phone.page, pin.PIN)
    expect(said(phone)).to_contain_text("Besöket avslutat, 0 min")
    expect(phone.running).to_have_count(0)
    [leave] = [row for row in rows(phone, "records") if row["t"] == "leave"]
    assert leave["body"]["ended_by"] == "tap"


def test_what_could_not_be_stored_is_shown_to_its_author_alone(shared_stack, phone):
    phone.hand_over(shared_stack.code("bob"), OTHER)
    expect(phone.heading("Nu")).to_be_visible()
    phone.page.evaluate(FILL)
    phone.describe(NOTE)
    phone.button("Spara händelsen").tap()
    sheet = phone.page.get_by_role("dialog", name="Telefonen är full")
    expect(sheet).to_be_visible()
    phone.page.evaluate(LOCK)
    phone.take_profile("Profil 1", pin.PIN)
    expect(phone.button("Byt profil")).to_have_count(0)
    expect(sheet).to_have_count(0)
    assert NOTE not in phone.page.inner_text("body")
    phone.page.evaluate(LOCK)
    phone.take_profile("Profil 2", OTHER)
    expect(sheet.get_by_label("Det du skrev")).to_have_value(re.compile(NOTE))
    phone.page.evaluate("() => giveRoom()")
    sheet.get_by_role("button", name="Försök igen").tap()
    expect(said(phone)).to_contain_text("Händelsen sparad")
