"""F8: two tabs of the app hold one queue, both save into it, and both come back on line at once.

Each record is saved once, sent once and arrives once; the first run has a queue of a thousand.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.phone.devtools import Page
from tests.faults.phone.handset import Handset
from tests.faults.phone.long_queue import SAVE, core, fill
from tests.faults.phone.place import ROOT, Place, place
from tests.faults.phone.reckoning import reckon

LONG, SHORT = 1000, 40
SAVED_BY_BOTH = 30  # of them; a screen that shows a thousand is slow to save beside
DRAINED_S = 60


@contextmanager
def two_tabs(folder: Path, tree: Path = ROOT) -> Iterator[Run]:
    with place(folder, tree) as town:

        def run(rng: Dice) -> Outcome:
            return one_queue(town, town.lasting_phone(), tree, rng)

        yield run


def one_queue(town: Place, phone: Handset, tree: Path, rng: Dice) -> Outcome:
    town.line.cut()
    before = set(phone.acknowledged)
    if rng.number == 0:
        fill(phone, tree, LONG - SAVED_BY_BOTH)
    other = phone.browser.new_page()
    phone.prepare(other)
    phone.visit(other)
    save_in_both(phone, (phone.page, other), tree, SAVED_BY_BOTH if rng.number == 0 else SHORT)
    queue, before_it = phone.unsigned(), town.line.pushed
    town.line.mend()
    begun = time.monotonic()
    for page in (phone.page, other):
        page.send("Runtime.evaluate", expression="dispatchEvent(new Event('online'))")
    phone.drained(DRAINED_S)
    went = town.line.pushed - before_it
    assert went == queue, f"{went} entries went over the line for a queue of {queue}"
    other.close()
    return reckon(town, phone, phone.since(before), begun)


def save_in_both(phone: Handset, pages: tuple[Page, ...], tree: Path, count: int) -> None:
    """Both tabs save half of them, at the same time, into the one log."""
    for page in pages:
        page.evaluate(f"() => {{ {core(tree)} }}")
    for page in pages:
        page.evaluate(f"(count) => void (globalThis.saving = ({SAVE})(count))", count // len(pages))
    for page in pages:
        page.evaluate("() => globalThis.saving")
    phone.listen(0)


FAULT = Fault(
    key="F8-two-tabs",
    title="two tabs save into one queue and send it at once",
    sample=20,
    full=100,
    root=False,
    open=two_tabs,
    needs=("browser",),
)
