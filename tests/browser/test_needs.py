"""What a store can't take as it is: told on the phone in plain words, with a way out."""

from playwright.sync_api import expect

from fieldlog.store import devices
from fieldlog.store.database import reading, writing
from fieldlog.store.tables import Device, Place


def test_a_place_the_store_does_not_know_is_told_and_corrected(fresh_stack, new_phone):
    centre = fresh_stack.centre
    phone = new_phone(centre.url)
    phone.enrol(fresh_stack.code("alice"))
    phone.context.set_offline(True)
    phone.button("Här nu – Rotebro station").last.tap()
    phone.button("Klar – lugnt").tap()
    forget(centre, "ROT")
    phone.context.set_offline(False)

    phone.tab("Mina")
    needs = phone.page.get_by_role("region", name="Behöver dig")
    expect(needs).to_contain_text("Platsen finns inte längre i listan")
    expect(needs).to_contain_text("Inget är borta")

    needs.get_by_role("link", name="Rätta").tap()
    expect(phone.heading("Rätta besöket")).to_be_visible()
    phone.choose("Häggviks station")
    phone.button("Spara rättelsen").tap()
    visit = phone.page.get_by_role("listitem").filter(has_text="Besök, Häggviks station")
    expect(visit).to_contain_text("0 min, lugnt, rättad")
    expect(visit).to_contain_text("Hos centralen")
    expect(needs).to_have_count(0)


def test_a_phone_that_is_revoked_keeps_what_it_has_and_says_what_to_do(fresh_stack, new_phone):
    centre = fresh_stack.centre
    phone = new_phone(centre.url)
    phone.enrol(fresh_stack.code("alice"))
    phone.expected = ("403",)
    revoke_all_phones(centre)
    phone.button("Här nu – Rotebro station").last.tap()
    phone.tab("Mina")
    expect(phone.page.get_by_role("region", name="Behöver dig")).to_contain_text(
        "Telefonen är spärrad"
    )


def forget(store, code: str) -> None:
    """As if the store had never heard of a place that the phone knows."""
    with store.inside(), writing() as session:
        session.delete(session.get(Place, code))


def revoke_all_phones(store) -> None:
    with store.inside():
        phones = [one.id for one in reading().query(Device).filter_by(kind="phone")]
        devices.revoke(*phones)
