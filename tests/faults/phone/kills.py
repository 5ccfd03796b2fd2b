"""F1: the browser, or the tab's renderer, is killed in the middle of saving.

Afterwards every record that was called saved lies in the phone, whole, and reaches the centre once;
what was not called saved is there whole or not at all.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.phone.handset import Handset, wait_for
from tests.faults.phone.place import Place, place
from tests.faults.phone.reckoning import reckon

BROWSER_DIES = 0.7


@contextmanager
def killed(folder: Path) -> Iterator[Run]:
    with place(folder) as town:

        def run(rng: Dice) -> Outcome:
            return one_kill(town, town.lasting_phone(), rng)

        yield run


def one_kill(town: Place, phone: Handset, rng: Dice) -> Outcome:
    before = set(phone.acknowledged)
    town.line.state = rng.choice(["open", "dead"])
    phone.tap(rng, rng.uniform(0, 0.7))
    if rng.random() < BROWSER_DIES:
        phone.kill()
        begun = time.monotonic()
        phone.start()
    else:
        kill_renderers(phone)
        begun = time.monotonic()
        phone.replace_page()
    return reckon(town, phone, phone.since(before), begun)


def kill_renderers(phone: Handset) -> None:
    """What the system does to tabs when memory is short; returns when the browser has noticed."""
    dead = phone.browser.pids("renderer")
    for pid in dead:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not set(dead) & set(phone.browser.pids("renderer")), "the tabs gone")
    phone.listen(0.05)


FAULT = Fault(
    key="F1-kill-browser",
    title="browser or tab killed while saving",
    sample=20,
    full=1000,
    root=False,
    open=killed,
    needs=("browser",),
)
