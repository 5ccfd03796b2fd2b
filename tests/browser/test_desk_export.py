"""The log taken out as a file in a real Chromium, with and without a script."""

import csv
from io import StringIO

import pytest
from playwright.sync_api import expect

from tests.browser import eyes
from tests.browser.desk import WIDE


@pytest.mark.parametrize("scripts", [True, False])
def test_the_file_is_kept_with_what_the_page_shows(desk, scripts):
    with desk.reader(java_script_enabled=scripts, accept_downloads=True, viewport=WIDE) as page:
        page.goto(f"{desk.url}/log?place=HAG")
        shown = page.locator("table.log tbody tr:not(.day)").count()
        page.get_by_text("Ladda ner", exact=True).click()
        with page.expect_download() as caught:
            page.get_by_role("button", name="CSV", exact=True).click()
        file = caught.value
        text = file.path().read_text("utf-8-sig")
        assert len(list(csv.DictReader(StringIO(text), delimiter=";"))) == shown + 1
        assert file.suggested_filename.endswith(f"-{shown}-poster.csv")
        assert text.splitlines()[-1].endswith("Visade: Plats: Häggviks station.")
        expect(page.get_by_role("heading", name="Logg")).to_be_visible()


def test_axe_finds_nothing_where_it_was_refused(desk):
    with desk.reader(bypass_csp=True, viewport=WIDE) as page:
        page.goto(f"{desk.url}/log")
        page.get_by_text("Ladda ner", exact=True).click()
        button = page.get_by_role("button", name="CSV", exact=True)
        button.evaluate("button => { button.value = 'exe'; }")
        button.click()
        expect(page.get_by_role("alert")).to_have_text("Välj vilken sorts fil.")
        assert eyes.wrong(page) == []
