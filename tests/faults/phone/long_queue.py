"""Long queues, written in seconds by the phone's own append() and not by a thumb."""

import subprocess
from functools import cache
from pathlib import Path

from tests.faults.phone.handset import Handset
from tests.faults.phone.place import ROOT

SAVE = """async (count) => {
  const at = { place: null, from: new Date(), to: null };
  const said = { category: "ORD.stoj", people: null, severity: 1, ages: [], handled: [], note: "" };
  const [door] = await core.doors();
  await core.open(door.account, PIN);
  const saved = [];
  for (let i = 0; i < count; i += 1) {
    saved.push(await core.append("event", core.event({ ...said, source: "own" }, at, null)));
  }
  await thumb.tell(saved);
}"""


def fill(phone: Handset, tree: Path, count: int) -> None:
    """So many records by the app's own append(), with no screen open that shows each of them."""
    phone.page.go(f"{phone.url}/app/manifest.webmanifest")
    phone.page.evaluate(f"() => {{ {core(tree)} }}")
    phone.page.evaluate(SAVE, count)
    phone.listen(0)
    phone.visit(phone.page)


@cache
def core(tree: Path) -> str:
    """A script that sets `core`: the phone's own append(), and the body of an event."""
    script = Path(__file__).with_name("core.mjs")
    asked = ["node", script, tree]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
