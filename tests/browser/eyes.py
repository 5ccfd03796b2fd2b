"""What is asked of every screen in every look: axe finds nothing, targets are large, none hides.

Knows a page and a phone, not which screens there are.
"""

from playwright.sync_api import expect

from tests.house.tree import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
LOOKS = {
    "light": {"look": "light"},
    "dark": {"look": "dark"},
    "200 % text": {"look": "dark", "text": "200%"},
    "forced colours": {"look": "light", "forced": "active"},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """(tags) => axe.run(document, {runOnly: tags}).then(({violations}) =>
  violations.map(({id, nodes}) => `${id}: ${nodes.map((one) => one.target).join(" ")}`))"""
# A radio and a file lie under their label: the label is the target.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, .option, input")]
  .filter((one) => !one.matches(".option input, .pick input"))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, {width, height}]) => width && (width < 55.9 || height < 55.9))
  .map(([one, {width, height}]) => `${one.textContent.trim()} ${width}×${height}`)"""
CLOSE_TARGETS = """() => {
  const within = (room) => ["a", "button", ".option"].map((kind) => `${room} ${kind}`).join();
  const boxes = (room) => [...document.querySelectorAll(within(room))]
    .map((one) => one.getBoundingClientRect()).filter(({width}) => width);
  const gap = (a, b) =>
    Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom);
  const gaps = (all) => all.flatMap((a, i) => all.slice(i + 1).map((b) => gap(a, b)));
  return [...gaps(boxes("main")), ...gaps(boxes(".dock"))].filter((one) => one < 7.9);
}"""
# Brought into view, a target's middle must be its own: nothing may lie over it for good.
HIDDEN = """() => [...document.querySelectorAll("a, button, summary, .option, input, textarea")]
  .filter((one) => !one.matches(".option input, .pick input") && one.getClientRects().length)
  .filter((one) => {
    one.scrollIntoView({block: "center"});
    const {left, top, width, height} = one.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return !hit || !(one.contains(hit) || hit.contains(one));
  })
  .map((one) => one.textContent.trim() || one.id)"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def wrong(page) -> list[str]:
    """What axe finds on the page as it stands; the page lets scripts in (bypass_csp)."""
    if page.evaluate("() => !window.axe"):
        page.evaluate(AXE)
    return page.evaluate(RUN_AXE, RULES)


def seen(phone, language, look, text="", forced="none"):
    """The app as one reader has set language, look, size of text and colours."""
    phone.page.set_viewport_size({"width": 390, "height": 844})
    phone.page.emulate_media(forced_colors=forced)
    prefer(phone, language=language, look=look)
    phone.page.evaluate("(size) => { document.documentElement.style.fontSize = size }", text)


def prefer(phone, **preferences):
    """Set the phone's preferences as More would, and start the app again."""
    phone.page.evaluate(
        "(some) => localStorage.setItem('fieldlog.preferences', JSON.stringify(some))", preferences
    )
    phone.reload()
    expect(phone.page.locator("h1")).to_be_visible()
