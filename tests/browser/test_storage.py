"""What the phone holds, told; whose it is, when people change; and a phone that was cleared."""

import re

from playwright.sync_api import expect

from tests.support import pin


def test_the_storage_page_tells_what_is_held_and_how_safe_it_lies(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    phone.context.set_offline(True)
    phone.button("Här nu – Rotebro station").last.tap()
    phone.tab("Mer")
    phone.link("Lagring och räddningsfil").tap()
    for name, value in {
        "Ej hos centralen": "1",
        "Foton som väntar": "0",
        "Undanlagda rader": "0",
        "Bär åt andra": "0",
        "Klockan": "går rätt",
        "Reserv för full telefon": "finns",
    }.items():
        expect(fact(phone, name)).to_have_text(value)
    for name, value in {
        "Används av appen": r"^[\d,]+ MB$",
        "Kvar enligt webbläsaren": r"B$",
    }.items():
        expect(fact(phone, name)).to_have_text(re.compile(value))
    expect(phone.page.get_by_role("heading", name=re.compile("kyddat mot"))).to_be_visible()


def test_logging_out_keeps_what_is_unsent_and_the_next_person_sends_it(fresh_stack, new_phone):
    centre = fresh_stack.centre
    phone = new_phone(centre.url)
    phone.enrol(fresh_stack.code("alice"))
    phone.context.set_offline(True)
    phone.button("Här nu – Rotebro station").last.tap()
    phone.button("Klar – lugnt").tap()
    expect(phone.link("2 ej hos centralen, visa Mina")).to_be_visible()
    phone.tab("Mer")
    phone.page.get_by_role("link", name="Logga ut").tap()
    expect(phone.page.get_by_text("2 poster är inte hos centralen")).to_be_visible()
    phone.button("Logga ut").tap()
    expect(phone.heading("Koppla telefonen")).to_be_visible()
    expect(phone.page.get_by_text("2 poster på telefonen är inte hos centralen")).to_be_visible()
    assert centre.run("store", "count")["visits"] == 0

    phone.context.set_offline(False)
    phone.page.get_by_label("Kod").fill(fresh_stack.code("bob"))
    phone.button("Koppla").tap()
    pin.choose(phone.page)
    expect(phone.link("Allt hos centralen, visa Mina")).to_be_visible()
    phone.tab("Mina")
    expect(phone.page.get_by_text("Här står det du skriver")).to_be_visible()
    assert centre.run("store", "count")["visits"] == 1


def test_a_phone_that_was_cleared_says_so_aloud_and_tells_the_store(fresh_stack, new_phone):
    phone = new_phone(fresh_stack.centre.url)
    phone.enrol(fresh_stack.code("alice"))
    arrive_and_send(phone)
    clear(phone)

    phone.page.goto(f"{phone.url}/app/")
    alarm = phone.page.get_by_role("alert").filter(has_text="Telefonens minne har rensats")
    expect(alarm).to_contain_text("tagit emot 1 post ")
    phone.page.get_by_label("Kod").fill(fresh_stack.code("alice"))
    phone.button("Koppla").tap()
    pin.choose(phone.page)
    arrive_and_send(phone)
    assert reason_of_the_log(phone) == "evicted"


REASON = """() => new Promise((resolve) => {
  const open = indexedDB.open("fieldlog");
  open.onsuccess = () => {
    const all = open.result.transaction("logs").objectStore("logs").getAll();
    all.onsuccess = () => (open.result.close(), resolve(all.result.at(-1).reason));
  };
})"""


def arrive_and_send(phone) -> None:
    """A visit that the centre has signed for."""
    phone.button("Här nu – Rotebro station").last.tap()
    phone.tab("Mina")
    expect(phone.page.get_by_role("listitem")).to_contain_text("Hos centralen")


def fact(phone, name: str):
    """The value beside a name."""
    row = phone.page.locator(".facts div").filter(has=phone.page.get_by_text(name, exact=True))
    return row.locator("dd")


def clear(phone) -> None:
    """As the phone does when it needs the room: all of the origin's, but not its cookies."""
    phone.page.goto("about:blank")
    kinds = "indexeddb,local_storage,cache_storage,service_workers,file_systems"
    phone.context.new_cdp_session(phone.page).send(
        "Storage.clearDataForOrigin", {"origin": phone.url, "storageTypes": kinds}
    )


def reason_of_the_log(phone) -> str:
    """Why the log that is written to was begun."""
    return phone.page.evaluate(REASON)
