"""Real phones against real stores: Chromium, a centre and a node, each a process of its own."""

from pathlib import Path

import pytest

from fieldlog.config import Settings
from tests.browser.desk import Desk, served
from tests.browser.phone import Phone
from tests.support import chromium
from tests.support.cast import SECRET
from tests.support.served import Stack, stack


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def launching() -> dict:
    """How Chromium is started: the system's own, quiet; CHROMIUM names another."""
    return chromium.launching()


@pytest.fixture(scope="session")
def shared_stack(tmp_path_factory) -> Stack:
    """A centre and a node for tests that leave no trace others could trip over."""
    served = stack(tmp_path_factory.mktemp("stores"))
    yield served
    served.stop()


@pytest.fixture
def fresh_stack(tmp_path) -> Stack:
    """A centre and a node that only this test writes to, and may stop and start."""
    (tmp_path / "stores").mkdir()
    served = stack(tmp_path / "stores")
    yield served
    served.stop()


@pytest.fixture
def new_phone(playwright, launching, tmp_path):
    """Call it for a phone whose home store is at `url`; all its promises are checked at the end."""
    phones = []

    def make(url: str, **options) -> Phone:
        folder = tmp_path / f"phone-{len(phones)}"
        phones.append(Phone(playwright.chromium, launching, folder, url, options))
        return phones[-1]

    yield make
    for phone in phones:
        phone.close()
    assert [complaint for phone in phones for complaint in phone.complaints()] == []


@pytest.fixture
def phone(shared_stack, new_phone) -> Phone:
    """Alice's phone, enrolled and out of coverage."""
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    phone.context.set_offline(True)
    return phone


@pytest.fixture(scope="module")
def bobs_phone(playwright, launching, shared_stack, tmp_path_factory) -> Phone:
    """For a whole file; axe may be put in, which a strict page would refuse."""
    folder, url = tmp_path_factory.mktemp("phone"), shared_stack.node.url
    phone = Phone(playwright.chromium, launching, folder, url, {"bypass_csp": True})
    phone.enrol(shared_stack.code("bob"))
    yield phone
    phone.close()


@pytest.fixture(scope="module")
def desk(playwright, launching, tmp_path_factory) -> Desk:
    """A desk for a whole file."""
    url = f"sqlite:///{tmp_path_factory.mktemp('desk') / 'desk.db'}"
    settings = Settings(secret_key=SECRET, database_url=url, plain_http=True)
    with served(settings) as (evening, address):
        browser = playwright.chromium.launch(**launching)
        yield Desk(evening, address, browser)
        browser.close()


@pytest.fixture
def browser_page(playwright, launching):
    """A supervisor's browser at a desk."""
    browser = playwright.chromium.launch(**launching)
    yield browser.new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    browser.close()
