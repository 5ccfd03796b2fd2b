"""The first visit: within 80 KB on the wire, and cold afterwards without any network."""

from urllib.request import Request, urlopen

from playwright.sync_api import expect

BUDGET = 80 * 1024
# Everything asked for, and whether that was before the first screen stood.
LOADED = """() => {
  const [stood] = performance.getEntriesByName("fieldlog:first-screen");
  return ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
    .map((one) => [one.name, one.encodedBodySize, one.startTime < stood.startTime]);
}"""
REST_HAS_COME = """() => performance.getEntriesByType("resource")
  .some((one) => one.name.includes("rest-"))"""
# When the worker was asked for, beside when the first screen stood.
TELL_OF_THE_WORKER = """() => {
  const { register } = ServiceWorkerContainer.prototype;
  ServiceWorkerContainer.prototype.register = function (...given) {
    performance.mark("worker");
    return register.apply(this, given);
  };
}"""
IN_TURN = """() => ["fieldlog:first-screen", "worker"]
  .map((name) => performance.getEntriesByName(name)[0].startTime)"""
FORGET_THE_APP = """async () => {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}"""


def test_now_stands_within_the_budget_and_the_rest_comes_after_it(shared_stack, new_phone):
    phone = new_phone(shared_stack.node.url)
    phone.enrol(shared_stack.code("alice"))
    phone.page.evaluate(FORGET_THE_APP)
    phone.context.new_cdp_session(phone.page).send("Network.clearBrowserCache")
    phone.page.add_init_script(f"({TELL_OF_THE_WORKER})()")
    phone.reload()
    expect(phone.page.get_by_role("button", name="Här nu").last).to_be_visible()
    phone.page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")
    phone.page.wait_for_function(REST_HAS_COME)
    first, rest = loaded(phone)
    rest["worker"] = packed_size(f"{phone.url}/app/sw.js")
    print(f"before Now: {sum(first.values()) / 1024:.1f} KB {first}")
    print(f"after it: {sum(rest.values()) / 1024:.1f} KB {rest}")
    assert any("patrol-" in name for name in first), first
    stood, worker = phone.page.evaluate(IN_TURN)
    assert stood <= worker
    assert any("rest-" in name for name in rest), rest
    assert 0 < sum(first.values()) <= BUDGET, first


def loaded(phone) -> tuple[dict[str, int], dict[str, int]]:
    """Bytes on the wire by address: before the first screen stood, and after it."""
    files = [one for one in phone.page.evaluate(LOADED) if "/sync/" not in one[0]]
    before = {name: size for name, size, early in files if early}
    return before, {name: size for name, size, _ in files if name not in before}


def packed_size(url: str) -> int:
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
        return len(answer.read())


def test_the_app_opens_cold_on_any_screen_with_the_server_gone(fresh_stack, new_phone):
    phone = new_phone(fresh_stack.node.url)
    phone.enrol(fresh_stack.code("alice"))
    fresh_stack.stop()
    phone.close()
    for address, title in {"": "Nu", "#event": "Händelse", "#mine": "Mina", "#more": "Mer"}.items():
        phone.open(address)
        expect(phone.heading(title)).to_be_visible()
        phone.close()
