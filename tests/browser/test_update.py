"""A newer version of the app: whole or not at all, by consent, and nothing is the worse for it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.newer import Newer

# Looks for a newer version until the server was asked for one; resolves to whether it then waits.
LOOK = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/app/");
  await registration.update().catch(() => null);
  const { installing } = registration;
  if (installing) {
    await new Promise((done) => installing.addEventListener("statechange", done, { once: true }));
  }
  return registration.waiting !== null;
}"""
IS_NEWER = "() => globalThis.isNewer === true"


@pytest.fixture
def front(shared_stack):
    """A server that can become newer, before a node."""
    made = Newer(shared_stack.node.url)
    yield made
    made.close()


@pytest.fixture
def phone(front, shared_stack, new_phone):
    phone = new_phone(front.url)
    phone.expected = ("404", "ERR_FAILED")
    phone.enrol(shared_stack.code("alice"))
    return phone


def looked_for(front: Newer, phone) -> list[bool]:
    """Whether a newer version waited, after each look, until one look was at the newer one."""
    waited = []
    while not any("NEWER000" in path for path in front.asked) and len(waited) < 50:
        waited.append(phone.page.evaluate(LOOK))
    return waited


def another_tab(phone) -> Page:
    tab = phone.context.new_page()
    tab.goto(f"{phone.url}/app/")
    expect(tab.get_by_role("heading", level=1, name="Nu")).to_be_visible()
    return tab


def test_half_a_version_changes_nothing_and_the_app_still_starts_without_a_network(front, phone):
    front.stage = "broken"
    assert not any(looked_for(front, phone))
    expect(phone.button("Byt nu")).to_have_count(0)
    phone.close()
    phone.open(offline=True)
    expect(phone.heading("Nu")).to_be_visible()
    assert not phone.page.evaluate(IS_NEWER)


def test_a_whole_one_waits_for_a_yes_and_for_the_form_in_another_tab(front, phone):
    other = another_tab(phone)
    front.stage = "new"
    looked_for(front, phone)
    other.goto(f"{phone.url}/app/#event/FOR")
    expect(other.get_by_role("button", name="Spara händelsen")).to_be_visible()
    phone.button("Byt nu").tap()
    expect(phone.page.get_by_text("Ett formulär är öppet i en annan flik")).to_be_visible()
    assert not phone.page.evaluate(IS_NEWER)
    expect(other.get_by_role("button", name="Spara händelsen")).to_be_visible()

    other.goto(f"{phone.url}/app/#now")
    expect(other.get_by_role("heading", level=1, name="Nu")).to_be_visible()
    with phone.page.expect_navigation():
        phone.button("Byt nu").tap()
    expect(phone.heading("Nu")).to_be_visible()
    assert phone.page.evaluate(IS_NEWER)
    assert not other.evaluate(IS_NEWER)


def test_a_tab_of_the_version_before_still_finds_its_pieces(front, phone):
    other = another_tab(phone)
    front.stage = "new"
    looked_for(front, phone)
    with phone.page.expect_navigation():
        phone.button("Byt nu").tap()
    expect(phone.heading("Nu")).to_be_visible()
    other.goto(f"{phone.url}/app/#more")
    other.get_by_label("English").check()
    expect(other.get_by_role("heading", level=1, name="More")).to_be_visible()
    assert not other.evaluate(IS_NEWER)


def test_what_was_saved_before_is_sent_after(front, phone, shared_stack):
    phone.page.route("**/sync/v1/push", lambda route: route.abort())
    phone.tab("Händelse")
    phone.link("Moped & fordon").tap()
    phone.choose("Vårdslös mopedkörning", "4–10")
    phone.button("Spara händelsen").tap()
    expect(phone.page.get_by_text("Händelsen sparad")).to_be_visible()
    front.stage = "new"
    looked_for(front, phone)
    with phone.page.expect_navigation():
        phone.button("Byt nu").tap()
    phone.page.unroute("**/sync/v1/push")
    phone.tab("Mina")
    expect(phone.page.get_by_text("Hos noden").first).to_be_visible(timeout=20_000)
