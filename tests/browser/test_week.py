"""A full week in a real Chromium: one A4 with every figure, and readable by all."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from fieldlog import create_app
from fieldlog.store import places, schema
from fieldlog.store.weeks import actions, decisions
from sync.http import Peer
from tests.browser import desk, eyes
from tests.browser.desk import LOOKS, NARROWEST, WIDE
from tests.review.week_scene import event, past_week, visit
from tests.support.cast import gather, running
from tests.support.served import Store

PLACE = {"kind": "park", "district": "Edsberg", "lat": 59.4, "lon": 17.9, "radius_m": 100}
A4 = (595, 842)  # points


class Office:
    """A full week served by a process of its own, and browsers at its desk."""

    def __init__(self, store: Store, past, browser):
        self.url, self.past, self.browser = store.url, past, browser

    @property
    def paths(self) -> dict[str, list[str]]:
        """Pages by who reads them."""
        record = f"/records/{self.past.rids['lamp'].replace('-', '')}"
        acts = ("merge", "return", "set_aside", "share", "comment")
        return {
            "kerstin": [f"/week/{self.past.week}", "/week", "/actions", "/actions/1", "/effect"],
            "sara": [record, *(f"{record}?do={act}" for act in acts), "/messages", "/audit"],
            "axel": ["/audit"],
            "alice": ["/accesses"],
        }

    def reader(self, who: str, **options):
        return desk.reader(self.browser, self.url, who, **options)


@pytest.fixture(scope="module")
def office(playwright, launching, tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("week"), "centre")
    with create_app(store.settings).app_context():
        schema.upgrade()
    with running(store.settings):
        cast = gather()
        past = full_week(cast)
    browser = playwright.chromium.launch(**launching)
    past.phones["bob"].send = Peer(store.start().url, cast.bob.token).push
    yield Office(store, past, browser)
    browser.close()
    store.stop()


def full_week(cast):
    """More places than a page holds, a long focus, actions of every kind."""
    past, by, now = past_week(cast), cast.kerstin.id, datetime.now(UTC)
    codes = [f"P{number:02}" for number in range(12)]
    places.put([PLACE | {"code": code, "name": f"Edsbergsparken {code}"} for code in codes], now)
    for number, code in enumerate(codes):
        visit(past, "alice", code, past.at(number % 7, 18), 12 + number)
        event(past, "alice", "ORD.stoj", past.at(number % 7, 18, 5), code)
    for one in past.phones.values():
        one.push()
    chosen = [{"code": code, "visits": 3, "when": "fre–lör 20–24"} for code in codes[:8]]
    focus = "Häggvik fredag och lördag, till fots. " * 7
    decisions.decide(str(past.week + 1), focus, chosen, by, now)
    for days in (-20, -3, 5, 9, 14):
        due = past.week.monday + timedelta(days=days)
        told = {"what": "Klipp buskage längs gångvägen", "owner": "kommunen", "due": due}
        actions.add(told | {"place": "HEL", "category": None, "done": None, "result": ""}, by, now)
    return past


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_full_week_is_one_a4_with_every_figure(office, scheme):
    with office.reader("kerstin", color_scheme=scheme) as page:
        page.goto(f"{office.url}/week/{office.past.week}")
        assert page.locator("tr.unprinted").count() > 10
        [sheet] = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A4
        told = words(sheet.extract_text())
        printed = page.locator("section:not(.onpaper) tbody tr:not(.unprinted):not(.ask tr)").all()
        rows = [words(row.inner_text()) for row in printed if row.is_visible()]
        assert len(rows) > 20
        assert [row for row in rows if row not in told] == []
        assert words(page.locator("h1").inner_text()) in told
        for figure in page.locator(".trustrow b, .focus, .places b").all():
            assert words(figure.inner_text()) in told


def words(text: str) -> str:
    """Letters and digits alone: a line on paper breaks elsewhere than on a screen."""
    return re.sub(r"[^\w%+–,]", "", text).casefold()


def test_what_arrives_while_the_week_lies_open_is_offered_and_moves_nothing(office):
    with office.reader("kerstin", viewport=WIDE) as page:
        page.clock.install()
        page.goto(f"{office.url}/week/{office.past.week}")
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Häggvik"))
        before = row.first.inner_text()
        visit(office.past, "bob", "HAG", office.past.at(5, 12), 30)
        office.past.phones["bob"].push()
        page.clock.run_for(16_000)
        offered = page.get_by_role("link", name="1 ny", exact=True)
        expect(offered).to_be_visible()
        assert row.first.inner_text() == before
        offered.click()
        expect(offered).to_have_count(0)
        assert row.first.inner_text() != before


def test_on_paper_ink_is_black_also_from_a_dark_screen(office):
    with office.reader("kerstin", color_scheme="dark") as page:
        page.goto(f"{office.url}/week/{office.past.week}")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 718, "height": 1050})  # the width between its margins
        assert page.evaluate("document.documentElement.scrollWidth") <= 718
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_the_week_the_acts_the_messages_and_the_audit(office, look):
    for who, paths in office.paths.items():
        with office.reader(who, **LOOKS[look], bypass_csp=True) as page:
            for path in paths:
                page.goto(office.url + path)
                unfold(page)
                if look == "200 % text":
                    page.evaluate("document.documentElement.style.fontSize = '200%'")
                assert eyes.wrong(page) == [], f"{path}, {who}, {look}"


def test_no_page_is_wider_than_the_narrowest_window(office):
    for who, paths in office.paths.items():
        with office.reader(who, viewport=NARROWEST) as page:
            for path in paths:
                page.goto(office.url + path)
                unfold(page)
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_what_is_wrong_with_a_decision_is_read_whole_on_a_narrow_screen(office):
    with office.reader("kerstin", viewport=NARROWEST) as page:
        page.goto(f"{office.url}/week/{office.past.week}")
        unfold(page)
        page.locator("[name=places-0-code]").evaluate("field => { field.value = 'NOWHERE' }")
        page.get_by_role("button", name="Besluta vecka").click()
        expect(page.get_by_role("alert").get_by_role("link", name="Beslut")).to_be_visible()
        said = page.locator(".chosen .need")
        expect(said).to_be_visible()
        ends = said.evaluate("said => said.getBoundingClientRect().bottom")
        begins = "visits => visits.getBoundingClientRect().top"
        assert ends <= page.locator("[name=places-0-visits]").evaluate(begins)


def unfold(page) -> None:
    for folded in page.locator("details.fold > summary").all():
        folded.click()
