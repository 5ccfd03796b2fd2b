"""What each moment costs in taps, counted in a real browser without a network."""

import re

import pytest
from playwright.sync_api import expect

LAMP = "Trasig eller svag belysning"
PICTURE = "docs/fieldlog.png"


@pytest.fixture
def phone(shared_stack, new_phone):
    """Alice's phone, enrolled and out of coverage; taps are counted."""
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    phone.context.set_offline(True)
    phone.count_taps()
    return phone


def spent(phone) -> int:
    """Taps since last asked."""
    taps = phone.taps
    phone.count_taps()
    return taps


def test_arriving_takes_one_tap_and_leaving_calm_one_more(phone):
    phone.button("Här nu – Rotebro station").last.tap()
    expect(phone.running).to_contain_text("Rotebro station")
    assert spent(phone) == 1
    phone.button("Klar – lugnt").tap()
    expect(said(phone)).to_contain_text("Besöket avslutat")
    assert spent(phone) == 1


def test_leaving_with_more_to_say_takes_three(phone):
    arrive(phone, "Rotebro station")
    phone.link("Klar – säg mer").tap()
    phone.choose("Orolig")
    phone.button("Avsluta besöket").tap()
    expect(said(phone)).to_contain_text("Besöket avslutat")
    assert spent(phone) == 3


def test_an_event_in_a_visit_takes_four_and_place_and_time_fill_themselves_in(phone):
    arrive(phone, "Rotebro station")
    phone.link("Händelse").first.tap()
    phone.link("Moped & fordon").tap()
    phone.choose("A-traktor")
    phone.button("Spara händelsen").tap()
    expect(said(phone)).to_contain_text("Händelsen sparad")
    assert spent(phone) <= 4
    phone.tab("Mina")
    expect(phone.page.get_by_text("Händelse, Rotebro station")).to_be_visible()


def test_a_fault_takes_two_and_one_for_its_photo(phone):
    arrive(phone, "Rotebro station")
    phone.link("Fel på platsen").tap()
    phone.button(LAMP).tap()
    expect(said(phone)).to_contain_text("Händelsen sparad")
    assert spent(phone) <= 2
    phone.link("Fel på platsen").tap()
    with phone.page.expect_file_chooser() as chosen:
        phone.page.get_by_label("Ta foto").tap()
    chosen.value.set_files(PICTURE)
    expect(phone.page.get_by_alt_text("Foto 1")).to_be_visible()
    phone.button("Nedskräpning").tap()
    expect(said(phone)).to_contain_text("Händelsen sparad")
    assert spent(phone) <= 3
    phone.tab("Mina")
    expect(phone.page.get_by_text("1 foto väntar")).to_be_visible()


def test_a_visit_forgotten_takes_two(phone):
    phone.link("Nyss här").tap()
    phone.button("15 min").tap()
    expect(said(phone)).to_contain_text("Besök på 15 min sparat")
    assert spent(phone) == 2


def test_wrong_place_to_right_place_takes_two(phone):
    arrive(phone, "Rotebro station")
    phone.button("Ångra").tap()
    phone.button("Här nu – Häggviks station").last.tap()
    expect(phone.running).to_contain_text("Häggviks station")
    assert spent(phone) == 2


def test_a_record_in_mine_is_put_right_in_three(phone):
    arrive(phone, "Rotebro station")
    phone.button("Klar – lugnt").tap()
    phone.tab("Mina")
    spent(phone)
    phone.page.get_by_role("link", name=re.compile("^Rätta: Besök, Rotebro station")).first.tap()
    phone.choose("Häggviks station")
    phone.button("Spara rättelsen").tap()
    expect(said(phone)).to_contain_text("Rättelsen sparad")
    assert spent(phone) <= 3


def arrive(phone, place):
    phone.button(f"Här nu – {place}").last.tap()
    expect(phone.running).to_contain_text(place)
    phone.count_taps()


def said(phone):
    return phone.page.locator(".snack-room")
