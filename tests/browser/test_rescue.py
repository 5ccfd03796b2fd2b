"""The rescue file: made without a network, read by the centre alone, carried by a colleague."""

import re

from playwright.sync_api import expect


def test_what_a_phone_holds_reaches_the_centre_by_a_colleagues_phone(
    fresh_stack, new_phone, tmp_path
):
    lost = new_phone(fresh_stack.node.url)
    lost.enrol(fresh_stack.code("alice"))
    lost.context.set_offline(True)
    lost.button("Här nu – Rotebro station").last.tap()
    lost.button("Klar – lugnt").tap()
    file = exported(lost, tmp_path)
    assert b"Rotebro" not in file.read_bytes()
    assert b'"place"' not in file.read_bytes()

    colleague = new_phone(fresh_stack.centre.url)
    colleague.enrol(fresh_stack.code("bob"))
    go(colleague, "rescue")
    colleague.page.locator("input[type=file]").set_input_files(file)
    carried = colleague.page.get_by_role("listitem").filter(has_text=file.name)
    expect(carried).to_contain_text("Hos centralen")
    assert fresh_stack.centre.run("store", "count")["visits"] == 1


def test_what_is_no_rescue_file_is_not_carried(shared_stack, new_phone, tmp_path):
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    phone.context.set_offline(True)
    phone.button("Här nu – Rotebro station").last.tap()
    expect(phone.link("1 ej hos centralen, visa Mina")).to_be_visible()
    go(phone, "rescue")
    chooser = phone.page.locator("input[type=file]")
    chooser.set_input_files("pyproject.toml")
    expect(phone.page.get_by_text("Det är ingen räddningsfil.")).to_be_visible()
    whole = exported(phone, tmp_path)
    cut = tmp_path / "cut.rescue"
    cut.write_bytes(whole.read_bytes()[:-1])
    chooser.set_input_files(cut)
    expect(phone.page.get_by_text("Filen är inte hel")).to_be_visible()
    chooser.set_input_files(whole)
    carried = phone.page.get_by_role("listitem").filter(has_text=whole.name)
    expect(carried).to_contain_text("Sparad i telefonen")


def exported(phone, folder):
    """The file that the phone saves, by its own buttons."""
    go(phone, "rescue")
    phone.button("Gör räddningsfilen").tap()
    expect(phone.page.get_by_text(re.compile(r"Filen är klar, [1-9]\d* kB"))).to_be_visible()
    with phone.page.expect_download() as saved:
        phone.page.get_by_role("button", name="Spara filen").tap()
    path = folder / saved.value.suggested_filename
    saved.value.save_as(path)
    return path


def go(phone, screen: str) -> None:
    phone.page.evaluate("(screen) => { location.hash = screen }", screen)
