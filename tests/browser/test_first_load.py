"""The first visit: within 80 KB on the wire, and cold afterwards without any network."""

from urllib.request import Request, urlopen

from playwright.sync_api import expect

BUDGET = 80 * 1024
LOADED = """() => ["navigation", "resource"]
  .flatMap((kind) => performance.getEntriesByType(kind))
  .map(({name, encodedBodySize}) => [name, encodedBodySize])"""


def test_the_first_load_stays_within_its_budget(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url)
    phone.open()
    expect(phone.heading("Koppla telefonen")).to_be_visible()
    phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    sizes = dict(phone.page.evaluate(LOADED))
    packed = {"Accept-Encoding": "gzip"}
    with urlopen(Request(f"{phone.url}/app/sw.js", headers=packed)) as worker:
        sizes["worker"] = len(worker.read())
    assert any("patrol-" in name for name in sizes), sizes
    total = sum(sizes.values())
    print(f"first load {total / 1024:.1f} KB: {sizes}")
    assert 0 < total <= BUDGET, sizes


def test_the_app_opens_cold_on_any_screen_with_the_server_gone(fresh_stack, new_phone):
    phone = new_phone(fresh_stack.node.url)
    phone.enrol(fresh_stack.code("alice"))
    fresh_stack.stop()
    phone.close()
    for address, title in {"": "Nu", "#event": "Händelse", "#mine": "Mina", "#more": "Mer"}.items():
        phone.open(address)
        expect(phone.heading(title)).to_be_visible()
        phone.close()
