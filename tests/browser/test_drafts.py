"""What is typed and not yet saved: it outlives the browser, and becomes one record, never two."""

import os
import signal
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.stored import rows, until

NOTE = "Lampan vid uppgång norr är trasig"
PICTURE = "docs/fieldlog.png"


def test_a_form_outlives_a_killed_browser(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    write(phone)
    wait_until_kept(phone, "event/PLA")
    kill(phone)

    phone.open()
    strip = phone.page.locator(".strip").filter(has_text="Platsen")
    expect(strip).to_contain_text("Utkast från")
    strip.get_by_role("link", name="Fortsätt").tap()
    expect(phone.page.get_by_label("Trasig eller svag belysning")).to_be_checked()
    expect(phone.page.get_by_label("Text, om du vill")).to_have_value(NOTE)
    expect(phone.page.get_by_role("img", name="Foto 1")).to_be_visible()

    phone.button("Spara händelsen").tap()
    expect(phone.page.get_by_role("status")).to_contain_text("Händelsen sparad")
    expect(strip).to_have_count(0)
    phone.tab("Mina")
    expect(phone.page.locator(".record")).to_have_count(1)
    assert rows(phone, "drafts") == []


def test_a_crash_between_saving_and_dropping_makes_no_second_record(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    write(phone, photo=False)
    wait_until_kept(phone, "event/PLA")
    [kept] = rows(phone, "drafts")
    phone.button("Spara händelsen").tap()
    expect(phone.page.get_by_role("status")).to_contain_text("Händelsen sparad")
    put_back(phone, kept)

    phone.reload()
    expect(phone.heading("Nu")).to_be_visible()
    go(phone, "event/PLA")
    expect(phone.page.get_by_label("Trasig eller svag belysning")).not_to_be_checked()
    expect(phone.page.get_by_text("Utkast från")).to_have_count(0)


def test_a_draft_can_be_thrown_away(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    write(phone)
    wait_until_kept(phone, "event/PLA")
    phone.reload()
    phone.button("Börja om").tap()
    expect(phone.page.get_by_label("Trasig eller svag belysning")).not_to_be_checked()
    expect(phone.page.get_by_role("img", name="Foto 1")).to_have_count(0)
    until(phone, lambda: rows(phone, "drafts") == [])


def test_what_was_said_of_one_visit_is_not_put_under_another(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    phone.button("Här nu – Rotebro station").last.tap()
    phone.link("Klar – säg mer").tap()
    phone.choose("Orolig")
    wait_until_kept(phone, "leave")
    go(phone, "now")
    phone.button("Här nu – Häggviks station").tap()
    expect(phone.page.get_by_role("status")).to_contain_text("Förra besöket avslutat")
    phone.link("Klar – säg mer").tap()
    expect(phone.page.get_by_label("Orolig")).not_to_be_checked()


PUT = """(row) => new Promise((resolve) => {
  const open = indexedDB.open("fieldlog");
  open.onsuccess = () => {
    const work = open.result.transaction("drafts", "readwrite");
    work.objectStore("drafts").put(row);
    work.oncomplete = () => (open.result.close(), resolve());
  };
})"""


def write(phone, *, photo=True) -> None:
    """An event about the place, with a note and a picture, not saved."""
    phone.describe(NOTE)
    if photo:
        phone.page.locator("input[type=file]").set_input_files(PICTURE)
        expect(phone.page.get_by_role("img", name="Foto 1")).to_be_visible()


def go(phone, screen: str) -> None:
    phone.page.evaluate("(screen) => { location.hash = screen }", screen)


def put_back(phone, draft: dict) -> None:
    phone.page.evaluate(PUT, draft)


def wait_until_kept(phone, name: str) -> None:
    """Until the draft holds all that stands in the form."""
    photos = phone.page.locator(".thumbs img").count()

    def whole() -> bool:
        kept = {row["name"]: row["value"] for row in rows(phone, "drafts")}
        pictures = len(kept.get(f"{name}?photos", {"photos": []})["photos"])
        form = kept.get(name, {"form": {}})["form"]
        answered = form.get("answers", {"note": form.get("said")})["note"]
        return bool(answered) and pictures == photos

    until(phone, whole)


def kill(phone) -> None:
    """As a battery that falls out: every process of this browser, at once."""
    mine = str(phone.folder).encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mine in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
    phone.context = phone.page = None
