"""Installed like an app: nothing stands in the way of it, and an iPhone is told first."""

import json
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from fieldlog.store import messages

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
SIZE = """async (address) => {
  const picture = await createImageBitmap(await (await fetch(address)).blob());
  return `${picture.width}x${picture.height}`;
}"""


def test_chromium_has_nothing_to_say_against_installing_it(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    session = phone.context.new_cdp_session(phone.page)
    told = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A browser driven by a test has profiles of its own that nothing is installed in.
    assert [one["errorId"] for one in told if one["errorId"] != "in-incognito"] == []
    read = session.send("Page.getAppManifest")
    assert read["errors"] == []
    manifest = json.loads(read["data"])
    assert (manifest["id"], manifest["scope"]) == ("/app/", "/app/")
    assert manifest["orientation"] == "any"
    assert {one["form_factor"] for one in manifest["screenshots"]} == {"narrow", "wide"}
    for picture in [*manifest["screenshots"], *manifest["icons"][1:]]:
        assert phone.page.evaluate(SIZE, picture["src"]) == picture["sizes"]
    assert [one["name"] for one in manifest["shortcuts"]] == ["Här nu", "Händelse"]
    assert "maskable" in {one["purpose"] for one in manifest["icons"]}
    for shortcut, title in zip(manifest["shortcuts"], ("Nu", "Händelse"), strict=True):
        phone.page.goto(f"{phone.url}{shortcut['url']}")
        expect(phone.heading(title)).to_be_visible()


@pytest.mark.parametrize("installed", [False, True])
def test_an_iphone_is_told_to_install_first_and_how(shared_stack, new_phone, installed):
    phone = new_phone(shared_stack.node.url, user_agent=IPHONE)
    phone.open()
    if installed:
        phone.page.add_init_script("Object.defineProperty(navigator, 'standalone', {value: true})")
        phone.page.reload()
    first = phone.page.get_by_text("Lägg appen på hemskärmen först")
    expect(phone.heading("Koppla telefonen")).to_be_visible()
    expect(first).to_have_count(0 if installed else 1)
    if not installed:
        phone.link("Så gör du").tap()
        expect(phone.page.get_by_text("Lägg till på hemskärmen”")).to_be_visible()


def test_a_line_to_paste_into_a_police_report_can_be_copied(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url, permissions=["clipboard-read", "clipboard-write"])
    phone.enrol(shared_stack.code("alice"))
    phone.tab("Händelse")
    phone.link("Moped & fordon").tap()
    phone.choose("A-traktor", "4–10")
    phone.button("Spara händelsen").tap()
    phone.tab("Mina")
    phone.page.get_by_role("link", name="Rätta: Händelse").first.tap()
    phone.button("Kopiera texten").tap()
    expect(phone.button("Kopierad")).to_be_visible()
    line = phone.page.evaluate("() => navigator.clipboard.readText()")
    assert "A-traktor, 4–10, störande" in line
    assert "\n" not in line


def test_a_message_from_the_coordinator_is_shown_once_and_read_on_this_phone(
    fresh_stack, new_phone
):
    with fresh_stack.centre.inside():
        kerstin = fresh_stack.accounts["kerstin"]
        messages.add("Lamporna vid stationen är lagade.", "outcome", kerstin, datetime.now(UTC))
    phone = new_phone(fresh_stack.centre.url)
    phone.enrol(fresh_stack.code("alice"))
    told = phone.page.get_by_role("status", name="Vad era rapporter lett till")
    expect(told).to_contain_text("Lamporna vid stationen är lagade.")
    phone.link("Läs").tap()
    expect(phone.heading("Meddelanden")).to_be_visible()
    expect(phone.page.get_by_text("Kerstin Dahl")).to_be_visible()
    phone.tab("Nu")
    expect(told).to_have_count(0)
