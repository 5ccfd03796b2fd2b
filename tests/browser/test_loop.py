"""The whole loop on the demo: a visit, the week's picture, a decision, the phone that follows."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from fieldlog.measure.week import week_of
from tests.browser.desk import sign_in
from tests.support import demo

HERE, NEXT = "Häggviks station", "Rotebro station"
FOCUS = "Rotebro på kvällarna, till fots"


@pytest.fixture
def served(tmp_path):
    with demo.serving(tmp_path / "demo") as made:
        yield made


def test_what_the_meeting_decides_stands_first_on_the_phone_after_its_next_contact(
    served, new_phone, browser_page
):
    desk, week = Desk(browser_page, served.url), week_of(datetime.now(UTC))
    sign_in(desk.page, desk.url, "kerstin", served.passwords["kerstin"])
    desk.reads_what_is_promised()
    before = desk.visits(week)

    phone = new_phone(served.url)
    phone.enrol(served.code)
    expect(phone.page.get_by_text(FOCUS)).to_have_count(0)
    a_visit(phone)
    phone.close()

    assert desk.visits(week) == before + 1
    desk.freezes(week - 1)
    desk.decides(week)

    phone.open(offline=True)
    expect(phone.page.get_by_text("Ingen täckning")).to_be_visible()
    expect(phone.page.get_by_text(FOCUS)).to_have_count(0)
    phone.context.set_offline(False)
    expect(phone.page.get_by_text(FOCUS)).to_be_visible()
    expect(phone.button(f"Här nu – {NEXT}").last).to_be_visible()
    expect(phone.page.get_by_role("region", name=NEXT)).to_contain_text(
        re.compile(r"Veckans fokus.*\d av 5 denna vecka.*fre–lör 20–24", re.DOTALL)
    )


def a_visit(phone) -> None:
    """Not at the place that the meeting is going to choose."""
    phone.page.get_by_role("button", name=f"Här nu – {HERE}", exact=True).last.tap()
    phone.button("Klar – lugnt").tap()
    expect(phone.page.get_by_role("status").last).to_contain_text("Besöket avslutat")
    phone.tab("Mina")
    arrived = phone.page.get_by_role("listitem").filter(has_text="Hos centralen")
    expect(arrived.filter(has_text=HERE)).to_have_count(1)


class Desk:
    """The coordinator's browser."""

    def __init__(self, page, url):
        self.page, self.url = page, url

    def reads_what_is_promised(self) -> None:
        self.page.goto(f"{self.url}/promise")
        expect(self.page.get_by_text(re.compile("Exempel på medborgarlöfte")).first).to_be_visible()
        expect(
            self.page.get_by_text("Polis vid stationerna fredag och lördag kväll")
        ).to_be_visible()

    def visits(self, week) -> int:
        """What the week's page says that the place has got."""
        self.page.goto(f"{self.url}/week/{week}")
        row = self.page.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=HERE))
        told = row.first.locator('[data-l="Besök"] b').inner_text()
        return int(told)

    def freezes(self, week) -> None:
        self.page.goto(f"{self.url}/week/{week}")
        self.page.get_by_role("button", name="Frys veckan").click()
        expect(self.page.get_by_text("Fryst. Det som kommer in")).to_be_visible()

    def decides(self, week) -> None:
        """On the page of the week before, as the meeting does."""
        self.page.get_by_text("Besluta", exact=True).click()
        self.page.get_by_label("Fokus").fill(FOCUS)
        self.page.get_by_label(f"{NEXT}, besök").fill("5")
        self.page.get_by_label(f"{NEXT}, när").fill("fre–lör 20–24")
        self.page.get_by_role("button", name=f"Besluta vecka {week.number}").click()
        expect(self.page.get_by_text("Telefonerna följer vid nästa kontakt")).to_be_visible()
