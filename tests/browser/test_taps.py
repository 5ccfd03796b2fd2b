"""What a tap does, and how it is taken back: all of it without a network."""

import re

from playwright.sync_api import expect

# What each tap presses.
PRESSED = """() => {
  window.pressed = [];
  const note = ({ target }) => pressed.push(target.closest("a, button")?.textContent.trim());
  addEventListener("click", note, true);
}"""


def test_each_tap_can_be_taken_back_for_ten_seconds(phone):
    said = phone.page.get_by_role("status")
    running = phone.running

    arrive(phone, "Rotebro station")
    phone.button("Ångra").tap()
    expect(said).to_contain_text("Ångrat")
    expect(running).to_have_count(0)

    arrive(phone, "Rotebro station")
    phone.button("Klar – lugnt").tap()
    expect(running).to_have_count(0)
    phone.button("Ångra").tap()
    expect(running).to_contain_text("Rotebro station")

    phone.button("Klar – lugnt").tap()
    expect(said).to_contain_text("Besöket avslutat")
    phone.tab("Mina")
    records = phone.page.get_by_role("listitem")
    expect(records.filter(has_text="Ångrad")).to_have_count(1)
    expect(records.filter(has_text="0 min, lugnt")).to_have_count(1)


def test_arriving_somewhere_else_ends_the_visit_that_ran(phone):
    arrive(phone, "Rotebro station")
    phone.button("Här nu – Häggviks station").tap()
    expect(phone.page.get_by_role("status")).to_contain_text("Förra besöket avslutat")
    running = phone.running
    expect(running).to_contain_text("Häggviks station")
    phone.button("Ångra").tap()
    expect(running).to_contain_text("Rotebro station")


def test_a_second_tap_while_the_first_is_kept_writes_nothing(phone):
    phone.button("Här nu – Rotebro station").last.dblclick()
    phone.button("Klar – lugnt").dblclick()
    expect(phone.page.get_by_role("status")).to_contain_text("Besöket avslutat")
    phone.tab("Mina")
    expect(phone.page.locator(".record")).to_have_count(1)


def test_a_double_tap_on_arriving_does_not_leave_again(phone):
    here = phone.page.get_by_role("contentinfo").get_by_role("button")
    box = here.bounding_box()
    thumb = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    phone.page.evaluate(PRESSED)
    # However slow this machine is, the second tap comes soon.
    browser = phone.context.new_cdp_session(phone.page)
    browser.send("Animation.enable")
    browser.send("Animation.setPlaybackRate", {"playbackRate": 0})
    phone.page.touchscreen.tap(*thumb)
    expect(phone.running).to_be_visible()
    expect(phone.button("Klar – lugnt")).to_be_visible()
    phone.page.touchscreen.tap(*thumb)
    phone.page.wait_for_function("() => pressed.length === 2")
    first, second = phone.page.evaluate("() => pressed")
    assert first.startswith("Här nu – ")
    assert second is None

    browser.send("Animation.setPlaybackRate", {"playbackRate": 1})
    phone.button("Klar – lugnt").tap()
    expect(phone.page.get_by_role("status")).to_contain_text("Besöket avslutat")


def test_a_visit_with_an_event_is_not_called_calm(phone):
    arrive(phone, "Rotebro station")
    write_event(phone)
    expect(phone.button("Klar – lugnt")).to_have_count(0)
    phone.button("Klar").tap()
    phone.tab("Mina")
    visit = phone.page.get_by_role("listitem").filter(has_text="Besök, Rotebro station")
    expect(visit).to_contain_text("0 min, 1 händelse")


def test_there_is_more_to_say_when_leaving(phone):
    arrive(phone, "Rotebro station")
    phone.link("Klar – säg mer").tap()
    phone.choose("Orolig", "6–20")
    phone.page.get_by_label("Text, om du vill").fill("Många ute, lugnt samtal 😀")
    phone.button("Avsluta besöket").tap()
    expect(phone.page.get_by_role("status")).to_contain_text("Besöket avslutat")
    phone.tab("Mina")
    expect(phone.page.get_by_role("listitem")).to_contain_text("0 min, orolig")


def test_a_personal_number_stops_the_save_until_it_is_gone(phone):
    phone.tab("Händelse")
    phone.link("Narkotika").tap()
    phone.choose("Misstänkt bruk")
    phone.button("Text").tap()
    note = phone.page.get_by_label("Text, om du vill")
    note.fill("Uppgav 811218-9876 vid porten")
    save = phone.button("Spara händelsen")
    expect(save).to_have_attribute("aria-disabled", "true")
    save.tap(force=True)
    expect(phone.heading("Narkotika")).to_be_visible()
    expect(phone.button("Ta bort numret")).to_be_focused()
    phone.button("Ta bort numret").tap()
    expect(note).to_have_value("Uppgav vid porten")
    save.tap()
    expect(phone.page.get_by_role("status")).to_contain_text("Händelsen sparad")


def test_a_save_that_is_stopped_leads_to_what_is_missing(phone):
    phone.page.set_viewport_size({"width": 320, "height": 640})
    phone.tab("Händelse")
    phone.link("Platsen").tap()
    save = phone.button("Spara händelsen")
    save.tap(force=True)
    expect(phone.page.get_by_label("Trasig eller svag belysning")).to_be_focused()
    phone.button("Text").tap()
    phone.choose("Trasig eller svag belysning")
    note = phone.page.get_by_label("Text, om du vill")
    note.fill("Uppgav 811218-9876 vid porten")
    phone.page.locator("main").evaluate("(main) => main.scrollTo(0, 0)")
    save.tap(force=True)
    expect(phone.button("Ta bort numret")).to_be_in_viewport(ratio=1)
    note.fill("x" * 281)
    save.tap(force=True)
    expect(note).to_be_focused()


def test_a_visit_forgotten_is_filled_in_afterwards(phone):
    phone.link("Nyss här").tap()
    phone.choose("Norrvikens station")
    phone.button("15 min").tap()
    phone.tab("Mina")
    expect(phone.page.get_by_role("listitem")).to_contain_text("15 min, i efterhand")


def test_a_visit_forgotten_may_have_been_at_any_place(phone):
    phone.link("Nyss här").tap()
    places = phone.page.get_by_role("radio")
    likeliest = places.count()
    phone.button("Alla platser").tap()
    expect(phone.button("Alla platser")).to_have_count(0)
    assert places.count() > likeliest
    places.last.check()
    expect(places.last).to_be_checked()
    name = phone.page.locator(".option").last.inner_text()
    phone.button("5 min").tap()
    phone.tab("Mina")
    expect(phone.page.get_by_role("listitem")).to_contain_text(f"Besök, {name}")


def test_a_correction_is_a_new_record_that_stands(phone):
    arrive(phone, "Rotebro station")
    write_event(phone)
    phone.tab("Mina")
    phone.page.get_by_role("link", name=re.compile("^Rätta: Händelse")).tap()
    expect(phone.heading("Rätta händelsen")).to_be_visible()
    expect(phone.page).to_have_title("Rätta händelsen · fieldlog")
    phone.choose("A-traktor", "11–25")
    phone.button("Spara rättelsen").tap()
    event = phone.page.get_by_role("listitem").filter(has_text="Händelse, Rotebro station")
    expect(event).to_contain_text("A-traktor, 11–25, störande, rättad")


def test_the_other_language_is_spoken_without_a_network(phone):
    phone.tab("Mer")
    phone.choose("English")
    expect(phone.heading("More")).to_be_visible()
    expect(phone.page.get_by_text("Not at the centre", exact=True)).to_be_visible()


def arrive(phone, place):
    phone.button(f"Här nu – {place}").last.tap()
    running = phone.running
    expect(running).to_contain_text(place)


def write_event(phone):
    phone.tab("Händelse")
    phone.link("Moped & fordon").tap()
    phone.choose("Vårdslös mopedkörning", "4–10")
    phone.button("Spara händelsen").tap()
    expect(phone.page.get_by_role("status")).to_contain_text("Händelsen sparad")
