"""Drills: marked on every screen; nothing of them reaches the real records or the real server."""

import pytest
from playwright.sync_api import expect

BANNER = "Övning"


@pytest.fixture
def phone(fresh_stack, new_phone):
    """Alice's phone at the centre, with a real visit that runs."""
    phone = new_phone(fresh_stack.centre.url)
    phone.enrol(fresh_stack.code("alice"))
    phone.button("Här nu – Rotebro station").last.tap()
    expect(phone.link("Allt hos centralen, visa Mina")).to_be_visible()
    return phone


def test_without_a_network_all_is_kept_in_the_drill_and_nothing_of_it_in_earnest(
    fresh_stack, phone
):
    begin(phone, "Inget nät")
    expect(phone.page.get_by_text("Ingen täckning")).to_be_visible()
    phone.button("Här nu – Häggviks station").last.tap()
    phone.button("Klar – lugnt").tap()
    expect(phone.link("2 ej hos centralen, visa Mina")).to_be_visible()
    for tab in ("Händelse", "Mina", "Mer", "Nu"):
        phone.tab(tab)
        expect(banner(phone)).to_contain_text("Inget nät")

    phone.button("Avsluta övningen").tap()
    expect(banner(phone)).to_have_count(0)
    running = phone.running
    expect(running).to_contain_text("Rotebro station")
    expect(phone.link("Allt hos centralen, visa Mina")).to_be_visible()
    count = fresh_stack.centre.run("store", "count")
    assert (count["visits"], count["events"]) == (1, 0)


def test_a_full_phone_keeps_the_text_on_the_screen(phone):
    begin(phone, "Telefonen är full")
    phone.describe("Lampan vid uppgång norr")
    phone.button("Spara händelsen").tap()
    sheet = phone.page.get_by_role("dialog", name="Telefonen är full")
    expect(sheet).to_contain_text("Allt som redan är sparat finns kvar")
    said = sheet.get_by_label("Det du skrev")
    assert "Lampan vid uppgång norr" in said.input_value()
    sheet.get_by_role("button", name="Försök igen").tap()
    expect(sheet).to_be_visible()
    with phone.page.expect_download() as saved:
        sheet.get_by_role("button", name="Räddningsfil").tap()
    assert saved.value.suggested_filename.endswith(".rescue")
    sheet.get_by_role("button", name="Tillbaka").tap()
    expect(phone.page.get_by_label("Text, om du vill")).to_have_value("Lampan vid uppgång norr")


def test_a_wrong_clock_is_told_and_the_receipts_come_all_the_same(phone):
    begin(phone, "Klockan går fel")
    phone.button("Här nu – Häggviks station").last.tap()
    expect(phone.page.get_by_text("Den går 2 tim efter")).to_be_visible()
    expect(phone.link("Allt hos centralen, visa Mina")).to_be_visible()


def test_a_drill_ends_by_itself(phone):
    phone.page.clock.install()
    begin(phone, "Långsamt nät")
    phone.page.clock.fast_forward("15:01")
    expect(phone.running).to_be_visible()
    expect(banner(phone)).to_have_count(0)


def begin(phone, kind: str) -> None:
    phone.tab("Mer")
    phone.link("Öva").tap()
    phone.button(f"Öva: {kind}").tap()
    expect(banner(phone)).to_contain_text(kind)
    expect(phone.heading("Nu")).to_be_visible()
    assert phone.page.title().startswith(BANNER)


def banner(phone):
    return phone.page.get_by_role("region", name=BANNER)
