"""At a place: known faults with one tap each, and what is asked once and never blocks."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.support import pin

LAMP = "Trasig eller svag belysning"
KLOCKAN = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)


def test_a_fault_takes_two_taps_and_stands_until_it_is_seen_fixed(fresh_stack, new_phone):
    phone = new_phone(fresh_stack.centre.url)  # where nobody has told of a fault before
    phone.enrol(fresh_stack.code("alice"))
    phone.context.set_offline(True)
    arrive(phone, "Rotebro station")
    phone.count_taps()
    phone.link("Fel på platsen").tap()
    phone.button(LAMP).tap()
    expect(known(phone)).to_have_count(1)
    assert phone.taps == 2
    expect(known(phone).first).to_contain_text(LAMP)

    phone.button("Klar").tap()
    expect(phone.page.get_by_role("status").last).to_contain_text("Besöket avslutat")
    arrive(phone, "Häggviks station")
    expect(known(phone)).to_have_count(0)
    arrive(phone, "Rotebro station")
    phone.count_taps()
    phone.button(f"Fortfarande så: {LAMP}").tap()
    expect(phone.page.get_by_role("status").last).to_contain_text("Noterat, fortfarande så")
    expect(phone.button(f"Fortfarande så: {LAMP}")).to_have_count(0)
    phone.button(f"Åtgärdat: {LAMP}").tap()
    expect(known(phone)).to_have_count(0)
    assert phone.taps == 2
    phone.button("Ångra").tap()
    expect(known(phone)).to_have_count(1)


def test_a_colleague_is_told_of_the_fault_and_says_that_it_is_fixed(fresh_stack, new_phone):
    alice, bob = (new_phone(fresh_stack.centre.url) for _ in range(2))
    alice.enrol(fresh_stack.code("alice"))
    arrive(alice, "Rotebro station")
    alice.link("Fel på platsen").tap()
    alice.button(LAMP).tap()
    alice.tab("Mina")
    expect(alice.page.get_by_text("Allt hos")).to_be_visible()
    bob.enrol(fresh_stack.code("bob"))
    arrive(bob, "Rotebro station")
    expect(known(bob)).to_contain_text(LAMP)
    bob.button(f"Åtgärdat: {LAMP}").tap()
    expect(known(bob)).to_have_count(0)
    bob.tab("Mina")
    expect(bob.page.get_by_role("listitem").filter(has_text="Åtgärdat")).to_contain_text(LAMP)


def test_after_45_minutes_it_asks_once_and_after_four_hours_it_ends_by_itself(phone):
    phone.page.clock.install(time=KLOCKAN)
    phone.reload()
    arrive(phone, "Rotebro station")
    asked = phone.page.get_by_role("status", name="Är du kvar, Rotebro station?")
    phone.page.clock.fast_forward("44:00")
    expect(asked).to_have_count(0)
    phone.page.clock.fast_forward("02:00")
    expect(asked).to_be_visible()
    phone.page.set_viewport_size({"width": 320, "height": 640})
    expect(phone.page.locator(".panel .clock")).to_be_in_viewport(ratio=1)
    phone.button("Ja, kvar").tap()
    expect(asked).to_have_count(0)
    phone.page.clock.fast_forward("59:00")
    expect(asked).to_have_count(0)

    phone.page.clock.fast_forward("03:00:00")
    expect(phone.heading("Lås upp passet")).to_be_visible()
    pin.unlock(phone.page)
    told = phone.page.get_by_role("status", name="Besöket avslutades av sig självt")
    expect(told).to_contain_text("Rotebro station hade pågått i 4 timmar")
    told.get_by_role("link", name="Rätta").tap()
    phone.choose("20 min")
    phone.button("Spara rättelsen").tap()
    expect(phone.page.get_by_role("listitem").first).to_contain_text("20 min, i efterhand, rättad")
    phone.tab("Nu")
    expect(told).to_have_count(0)


def test_a_visit_that_ran_while_the_app_was_closed_ends_at_four_hours_and_it_says_so(phone):
    arrive(phone, "Rotebro station")
    phone.close()
    phone.open(offline=True)
    phone.page.clock.install(time=datetime.now(UTC) + timedelta(hours=5))
    phone.reload()
    told = phone.page.get_by_role("status", name="Besöket avslutades av sig självt")
    expect(told).to_be_visible()
    phone.button("Stämmer").tap()
    expect(told).to_have_count(0)
    phone.tab("Mina")
    expect(phone.page.get_by_role("listitem").first).to_contain_text("240 min")


@pytest.mark.parametrize(
    ("answer", "says"), [("Ja, här", "på platsen"), ("Nej, en bit bort", "en bit")]
)
def test_far_from_the_place_it_asks_once_and_keeps_the_answer(
    shared_stack, new_phone, answer, says
):
    there = {"latitude": 59.4286, "longitude": 17.9494, "accuracy": 20}
    phone = new_phone(shared_stack.node.url, geolocation=there, permissions=["geolocation"])
    phone.enrol(shared_stack.code("alice"))
    phone.button("Visa närmast först").tap()
    expect(phone.page.get_by_text("närmast först", exact=True)).to_be_visible()
    arrive(phone, "Rotebro station")
    asked = phone.page.get_by_role("status", name="Är du på platsen?")
    expect(asked).to_contain_text("km från Rotebro station")
    phone.button(answer).tap()
    expect(asked).to_have_count(0)
    phone.button("Klar – lugnt").tap()
    phone.tab("Mina")
    expect(phone.page.get_by_role("listitem").first).to_contain_text(f"lugnt, {says}")


def known(phone):
    """The faults that are known where the visit runs."""
    return phone.page.get_by_role("region", name="På platsen").get_by_role("listitem")


def arrive(phone, place):
    phone.button(f"Här nu – {place}").last.tap()
    running = phone.running
    expect(running).to_contain_text(place)
