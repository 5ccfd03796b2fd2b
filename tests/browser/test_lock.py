"""A sealed phone: under a PIN or a passkey, locked cold, unlocked for a shift, shared by two."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.support import pin

OTHER = "24681357"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
    "hasPrf": True,
}

# What every page does once before it writes, and takes half a second: when it was begun.
TELL_OF_THE_TURN = """() => {
  const { deleteDatabase } = IDBFactory.prototype;
  IDBFactory.prototype.deleteDatabase = function (name) {
    performance.mark(name);
    return deleteDatabase.call(this, name);
  };
}"""

# Every heading that was shown, however short.
TELL_OF_HEADINGS = """() => {
  globalThis.headings = new Set();
  const look = () => headings.add(document.querySelector("h1")?.textContent.trim());
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
}"""


@pytest.fixture
def phone(shared_stack, new_phone):
    """Alice's phone, sealed under a PIN, with a visit that runs."""
    return patrolling(new_phone(shared_stack.centre.url), shared_stack)


def patrolling(phone, stack):
    phone.enrol(stack.code("alice"))
    arrive(phone, "Häggviks station")
    return phone


def arrive(phone, place: str) -> None:
    phone.button(f"Här nu – {place}").last.tap()
    expect(phone.running).to_contain_text(place)


def reopened(phone, **how) -> None:
    """Closed and opened cold, before its lock."""
    phone.close()
    phone.open(locked=True, **how)
    expect(phone.heading("Lås upp passet")).to_be_visible()


def says(phone, text: str | re.Pattern) -> None:
    expect(phone.page.get_by_text(text)).to_be_visible()


def test_a_cold_start_shows_nothing_until_the_pin_is_entered(fresh_stack, new_phone):
    phone = patrolling(new_phone(fresh_stack.centre.url), fresh_stack)
    phone.close()
    fresh_stack.stop()
    reopened(phone)
    says(phone, "0 av minst 8 siffror")
    assert "Häggvik" not in phone.page.inner_text("body")
    expect(phone.link("Vid fara: 112")).to_be_visible()
    for digit in pin.PIN:
        phone.button(digit).tap()
    expect(phone.page.locator("fieldlog-pin-pad .lit")).to_have_count(8)
    phone.button("Lås upp").tap()
    expect(phone.running).to_contain_text("Häggviks station")


def test_a_wrong_pin_opens_nothing_and_no_restart_gives_a_try_back(phone):
    reopened(phone)
    for left in (9, 8, 7, 6, 5):
        pin.enter(phone.page, OTHER)
        says(phone, f"{left} försök kvar")
    says(phone, "sekunder före nästa försök")
    phone.page.keyboard.type(pin.PIN)
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("fieldlog-pin-pad .lit")).to_have_count(0)

    reopened(phone)
    phone.page.clock.install(time=datetime.now(UTC) + timedelta(minutes=1))
    phone.page.reload()
    pin.enter(phone.page, OTHER)
    says(phone, "4 försök kvar")
    says(phone, re.compile("Vänta (60|5[0-9]) sekunder"))


def test_a_pin_that_anyone_would_guess_is_refused(shared_stack, new_phone):
    phone = new_phone(shared_stack.centre.url)
    phone.open(f"#enrol={shared_stack.code('alice')}")
    phone.button("Koppla").tap()
    for easy in ("12345678", "11111111", "19850412", "12341234"):
        pin.enter(phone.page, easy)
        says(phone, "för lätt att gissa")
        expect(phone.heading("Välj en PIN")).to_be_visible()
    pin.enter(phone.page, pin.PIN)
    expect(phone.heading("Samma PIN en gång till")).to_be_visible()
    pin.enter(phone.page, OTHER)
    says(phone, "De var inte lika")


def test_locking_by_hand_locks_every_tab_and_unlocking_one_opens_them(phone):
    other = phone.context.new_page()
    other.goto(f"{phone.url}/app/")
    there = other.get_by_role("region", name="Pågående besök")
    expect(there).to_contain_text("Häggviks station")
    phone.page.bring_to_front()
    phone.tab("Mer")
    phone.button("Lås nu").tap()
    for page in (phone.page, other):
        expect(page.get_by_role("heading", name="Lås upp passet")).to_be_visible()
        assert "Häggvik" not in page.inner_text("body")
    other.bring_to_front()
    pin.enter(other, pin.PIN)
    expect(there).to_contain_text("Häggviks station")
    phone.page.bring_to_front()
    expect(phone.heading("Mer")).to_be_visible()


def test_a_keyboard_types_the_pin_and_opens_wherever_the_focus_stands(phone):
    reopened(phone)
    says(phone, "0 av minst 8 siffror")
    first, rest = pin.PIN[0], pin.PIN[1:]
    phone.button(first).focus()
    phone.page.keyboard.press("Enter")
    says(phone, "1 av minst 8 siffror")
    phone.page.keyboard.type(rest)
    phone.page.keyboard.press("Enter")
    expect(phone.running).to_contain_text("Häggviks station")


def test_while_the_pin_is_typed_the_storage_is_made_ready_for_the_first_write(phone):
    phone.page.add_init_script(f"({TELL_OF_THE_TURN})()")
    phone.page.reload()
    says(phone, "0 av minst 8 siffror")
    phone.page.wait_for_function("() => performance.getEntriesByName('fieldlog-turn').length")
    pin.unlock(phone.page)
    expect(phone.running).to_contain_text("Häggviks station")


def test_the_pin_leads_straight_back_to_where_one_was(phone):
    phone.tab("Mer")
    phone.page.evaluate(TELL_OF_HEADINGS)
    phone.button("Lås nu").tap()
    pin.enter(phone.page, pin.PIN)
    expect(phone.heading("Mer")).to_be_visible()
    shown = phone.page.evaluate("() => [...headings]")
    assert {one for one in shown if one} == {"Mer", "Lås upp passet"}


def test_after_an_hour_without_a_touch_it_is_locked(phone):
    phone.page.clock.install()
    phone.reload()
    expect(phone.running).to_be_visible()
    phone.page.clock.fast_forward("59:00")
    expect(phone.running).to_be_visible()
    phone.page.clock.fast_forward("02:00")
    expect(phone.heading("Lås upp passet")).to_be_visible()


def test_two_share_a_phone_each_with_a_pin_and_a_list_of_their_own(shared_stack, phone):
    phone.hand_over(shared_stack.code("bob"), OTHER)
    expect(phone.heading("Nu")).to_be_visible()
    expect(phone.running).to_have_count(0)

    reopened(phone)
    phone.take_profile("Profil 2", OTHER)
    expect(phone.heading("Nu")).to_be_visible()
    expect(phone.running).to_have_count(0)
    reopened(phone)
    phone.take_profile("Profil 1", OTHER)
    says(phone, "9 försök kvar")
    pin.enter(phone.page, pin.PIN)
    expect(phone.running).to_contain_text("Häggviks station")


def test_a_forgotten_pin_costs_a_new_code_and_no_record(fresh_stack, new_phone):
    phone = new_phone(fresh_stack.centre.url)
    phone.enrol(fresh_stack.code("alice"))
    phone.context.set_offline(True)
    arrive(phone, "Häggviks station")
    reopened(phone)
    says(phone, "1 post väntar, låst")
    phone.button("Byt profil").tap()
    phone.button("Koppla på nytt").tap()
    phone.page.get_by_label("Kod").fill(fresh_stack.code("alice"))
    phone.button("Koppla").tap()
    pin.choose(phone.page, OTHER)
    arrive(phone, "Rotebro station")
    expect(phone.link("Allt hos centralen, visa Mina")).to_be_visible()
    assert fresh_stack.centre.run("store", "count")["visits"] == 2


def test_the_pin_is_changed_by_whoever_knows_it(phone):
    phone.tab("Mer")
    phone.link("Byt PIN").tap()
    pin.enter(phone.page, pin.PIN)
    expect(phone.heading("Välj en PIN")).to_be_visible()
    pin.choose(phone.page, OTHER)
    says(phone, "Bytt. Den nya gäller")
    reopened(phone)
    pin.enter(phone.page, pin.PIN)
    says(phone, "9 försök kvar")
    pin.enter(phone.page, OTHER)
    expect(phone.running).to_be_visible()


def test_the_screen_lock_opens_it_by_a_passkey(shared_stack, new_phone):
    phone = new_phone(shared_stack.centre.url.replace("127.0.0.1", "localhost"))
    phone.open()
    with_screen_lock(phone.page)
    phone.page.goto(f"{phone.url}/app/#enrol={shared_stack.code('alice')}")
    phone.button("Koppla").tap()
    phone.button("Använd skärmlåset i stället").tap()
    arrive(phone, "Häggviks station")
    phone.page.reload()
    phone.button("Lås upp med telefonens skärmlås").tap()
    expect(phone.running).to_contain_text("Häggviks station")


def with_screen_lock(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def test_a_rescue_file_is_made_while_locked_and_the_centre_takes_it(
    fresh_stack, new_phone, tmp_path
):
    phone = new_phone(fresh_stack.centre.url)
    phone.enrol(fresh_stack.code("alice"))
    phone.context.set_offline(True)
    arrive(phone, "Häggviks station")
    reopened(phone, offline=True)
    with phone.page.expect_download() as saved:
        phone.button("Räddningsfil").tap()
    file = tmp_path / "locked.rescue"
    saved.value.save_as(file)
    told = fresh_stack.centre.run("rescue", "import", str(file))
    assert [log["new"] for log in told["logs"]] == [2]
