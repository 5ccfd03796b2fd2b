"""The whole journey: from a tap without a signal, by node and centre, to the supervisor's page."""

import re

from playwright.sync_api import expect

from tests.support.cast import PASSWORD

PLACE = "Häggviks station"


def test_who_read_what_one_wrote_is_one_tap_away_and_the_app_stays_open(shared_stack, new_phone):
    phone = new_phone(shared_stack.centre.url)
    phone.enrol(shared_stack.code("alice"))
    phone.tab("Mer")
    with phone.context.expect_page() as opened:
        phone.link("Vem har läst det jag skrivit").tap()
    opened.value.get_by_label("Inloggning").fill("alice")
    opened.value.get_by_label("Lösenord").fill(PASSWORD)
    opened.value.get_by_role("button", name="Logga in").click()
    expect(
        opened.value.get_by_role("heading", level=1, name="Vem har läst det du skrivit")
    ).to_be_visible()
    expect(phone.heading("Mer")).to_be_visible()
    phone.context.set_offline(True)
    expect(phone.link("Vem har läst det jag skrivit")).to_have_count(0)


def test_a_calm_visit_and_an_event_travel_from_a_dead_network_to_the_supervisor(
    fresh_stack, new_phone, browser_page
):
    centre, node = fresh_stack.centre, fresh_stack.node
    phone = new_phone(node.url)
    phone.enrol(fresh_stack.code("alice"))
    expect(phone.button(f"Här nu – {PLACE}")).to_be_visible()
    phone.context.set_offline(True)
    node.stop()
    phone.close()

    phone.open(offline=True)
    a_calm_visit_in_two_taps(phone)
    an_event(phone)
    expect(phone.link("3 ej hos centralen, visa Mina")).to_be_visible()
    phone.close()

    node.start()
    phone.open("#mine")
    expect(records(phone, "Hos noden")).to_have_count(2)
    assert counted(node) == (1, 1, 0)
    assert counted(centre) == (0, 0, 0)

    node.run("sync")
    assert counted(centre) == (1, 1, 0)
    phone.button("Skicka nu").tap()
    expect(records(phone, "Hos centralen")).to_have_count(2)
    expect(phone.link("Allt hos centralen, visa Mina")).to_be_visible()

    the_supervisor_sees_both(browser_page, centre.url)


def a_calm_visit_in_two_taps(phone):
    expect(phone.heading("Nu")).to_be_visible()
    expect(phone.page.get_by_text("Ingen täckning")).to_be_visible()
    phone.count_taps()
    phone.button(f"Här nu – {PLACE}").last.tap()
    expect(phone.running).to_contain_text(PLACE)
    phone.button("Klar – lugnt").tap()
    expect(phone.page.get_by_role("status")).to_contain_text("Besöket avslutat, 0 min")
    assert phone.taps == 2


def an_event(phone):
    phone.tab("Händelse")
    expect(phone.page.get_by_text(PLACE)).to_be_visible()
    phone.link("Moped & fordon").tap()
    phone.choose("Vårdslös mopedkörning", "4–10")
    phone.button("Spara händelsen").tap()
    expect(phone.page.get_by_role("status")).to_contain_text("Händelsen sparad")


def records(phone, state):
    """Own records in Mine that stand in a state."""
    return phone.page.get_by_role("listitem").filter(has_text=state)


def counted(store):
    """Visits, events and quarantined entries of a store."""
    count = store.run("store", "count")
    return count["visits"], count["events"], count["quarantined"]


def the_supervisor_sees_both(page, url):
    page.goto(f"{url}/login")
    page.locator("input[name=login]").fill("sara")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.goto(f"{url}/log")
    rows = page.get_by_role("row").filter(has_text=PLACE)
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text=re.compile("vårdslös mopedkörning", re.I))).to_have_count(1)
    expect(rows.filter(has_text="Närvaro")).to_have_count(1)
