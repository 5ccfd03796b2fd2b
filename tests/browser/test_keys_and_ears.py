"""The whole journey by keys alone, and as a screen reader hears it: from the code to Mine."""

from playwright.sync_api import expect

from tests.support import pin

MOST_STEPS = 60


def test_keys_alone_go_the_whole_way_from_the_code_to_mine(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url)
    page = phone.open(f"#enrol={shared_stack.code('bob')}")
    expect(phone.heading("Koppla telefonen")).to_be_visible()
    press(phone, "button", "Koppla")
    pin.choose(page)
    expect(phone.heading("Nu")).to_be_visible()
    press(phone, "button", "Här nu – Rotebro station")
    expect(page.get_by_role("region", name="Pågående besök")).to_contain_text("Rotebro station")

    press(phone, "link", "Händelse")
    expect(phone.heading("Händelse")).to_be_focused()
    press(phone, "link", "Moped & fordon")
    expect(phone.heading("Moped & fordon")).to_be_focused()
    reach(phone, "radio", "Vårdslös mopedkörning")
    page.keyboard.press("Space")
    press(phone, "button", "Spara händelsen")
    expect(phone.heading("Nu")).to_be_focused()

    press(phone, "link", "Klar – säg mer")
    reach(phone, "radio", "Lugn")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Som vanligt", exact=True)).to_be_checked()
    press(phone, "button", "Avsluta besöket")
    press(phone, "link", "Mina")
    expect(phone.heading("Mina")).to_be_focused()
    expect(page.get_by_role("listitem").filter(has_text="Besök, Rotebro station")).to_have_count(1)


def test_a_screen_reader_hears_the_whole_way(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url)
    page = phone.open(f"#enrol={shared_stack.code('bob')}")
    expect(page.locator("body")).to_match_aria_snapshot("""
      - main:
        - heading "Koppla telefonen" [level=1]
        - textbox "Kod"
        - textbox "Telefonens namn"
      - contentinfo:
        - button "Koppla"
    """)
    phone.button("Koppla").tap()
    pin.choose(page)
    expect(phone.link("Händelse")).to_be_visible()
    expect(page.locator("body")).to_match_aria_snapshot("""
      - banner:
        - heading "Nu" [level=1]
        - link "Allt hos centralen, visa Mina"
      - main:
        - heading "Dagens platser" [level=2]
        - list:
          - listitem:
            - heading [level=3]
            - button /Här nu – .+/
      - status
      - contentinfo:
        - button /Här nu – .+/
      - navigation "Delar":
        - link "Nu"
        - link "Händelse"
        - link "Mina"
        - link "Mer"
    """)
    phone.button("Här nu – Rotebro station").last.tap()
    expect(page.locator("body")).to_match_aria_snapshot("""
      - main:
        - region "Pågående besök":
          - heading "Rotebro station" [level=2]
        - region "På platsen":
          - link "Fel på platsen"
      - status: /Här nu.* Rotebro station/
      - contentinfo:
        - button "Klar – lugnt"
    """)
    phone.tab("Händelse")
    phone.link("Narkotika").tap()
    expect(page.locator("body")).to_match_aria_snapshot("""
      - banner:
        - heading "Narkotika" [level=1]
      - main:
        - group "Vad":
          - radio "Misstänkt handel"
          - radio "Misstänkt bruk"
        - group "Hur många":
          - radio "4–10"
      - contentinfo:
        - button "Spara händelsen" [disabled]
    """)
    phone.choose("Misstänkt bruk")
    phone.button("Spara händelsen").tap()
    expect(page.get_by_role("status").last).to_contain_text("Händelsen sparad")
    phone.button("Klar").tap()
    expect(page.get_by_role("status").last).to_contain_text("Besöket avslutat")
    phone.tab("Mina")
    expect(page.locator("body")).to_match_aria_snapshot("""
      - banner:
        - heading "Mina" [level=1]
      - main:
        - list:
          - listitem:
            - heading "Händelse, Rotebro station" [level=3]
            - text: /Sparad i telefonen|Hos noden|Hos centralen/
            - link /Rätta. Händelse, Rotebro station/
      - navigation "Delar":
        - link "Mina"
    """)
    assert nameless(phone) == []


def reach(phone, role: str, name: str) -> None:
    """Press Tab until the focus is on it."""
    wanted = phone.page.get_by_role(role, name=name, exact=True).last
    for _ in range(MOST_STEPS):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        phone.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to the {role} {name!r}")


def press(phone, role: str, name: str) -> None:
    reach(phone, role, name)
    phone.page.keyboard.press("Enter")


def nameless(phone) -> list[str]:
    """What can be pressed and has no name in the tree that screen readers get."""
    session = phone.context.new_cdp_session(phone.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    pressed = [one for one in nodes if one.get("role", {}).get("value") in ("button", "link")]
    assert len(pressed) > 4
    return [one["nodeId"] for one in pressed if not one.get("name", {}).get("value")]
