"""F5: a captive portal stands between phone and store: a login page, a redirect, an empty 200.

Nothing may be marked as sent, nothing let go, nobody asked for a new code; the app starts as ever,
and once the line is open all of it arrives.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.phone.handset import Handset, wait_for
from tests.faults.phone.line import STRANGERS
from tests.faults.phone.place import ROOT, Place, place
from tests.faults.phone.reckoning import absent, reckon


@contextmanager
def captive(folder: Path, tree: Path = ROOT) -> Iterator[Run]:
    with place(folder, tree) as town:

        def run(rng: Dice) -> Outcome:
            return behind_a_portal(town, town.lasting_phone(), rng)

        yield run


def behind_a_portal(town: Place, phone: Handset, rng: Dice) -> Outcome:
    kinds = sorted(STRANGERS)
    before = set(phone.acknowledged)
    town.line.strange(kinds[rng.number % len(kinds)])
    phone.save(*rng.choices(["visit", "event", "move"], k=rng.randint(2, 4)))
    asked = town.line.lies
    phone.send()
    wait_for(lambda: town.line.lies > asked, "an attempt to send")
    said = phone.since(before)
    if rng.random() < 0.5:
        phone.visit(phone.page)
    settled(phone)
    shows(phone, len(said), town.line.portal)
    assert not absent(phone, said), town.line.portal
    assert not phone.page.evaluate("() => thumb.asksForCode()"), town.line.portal
    return reckon(town, phone, said, time.monotonic())


@contextmanager
def forged(folder: Path, tree: Path = ROOT) -> Iterator[Run]:
    """Somebody answers in our own protocol, and shows receipts that the centre never signed."""
    with place(folder, tree) as town:

        def run(rng: Dice) -> Outcome:
            return before_a_thief(town, town.lasting_phone(), rng)

        yield run


def before_a_thief(town: Place, phone: Handset, rng: Dice) -> Outcome:
    before = set(phone.acknowledged)
    town.line.cut()
    phone.save(*rng.choices(["visit", "event", "move"], k=rng.randint(2, 4)))
    said = phone.since(before)
    told = town.line.lies
    town.line.forge()
    phone.send()
    wait_for(lambda: town.line.lies > told, "an attempt to send")
    settled(phone)
    shows(phone, len(said), "forged receipts")
    return reckon(town, phone, said, time.monotonic())


def shows(phone: Handset, unsent: int, before: str) -> None:
    """The screen says that so many are not at the centre."""
    wait_for(lambda: phone.lacking() == unsent, f"{unsent} not at the centre, {before}", 5)


def settled(phone: Handset) -> None:
    """The attempt is over: what it believes now, it goes on believing."""
    phone.page.evaluate("() => navigator.locks.request('fieldlog-send', () => undefined)")


FAULTS = [
    Fault(
        key="F5-captive-portal",
        title="captive portal: login page, redirect, empty 200",
        sample=24,
        full=400,
        root=False,
        open=captive,
        needs=("browser",),
    ),
    Fault(
        key="F5-forged-receipt",
        title="a stolen node keeps all and shows forged receipts",
        sample=20,
        full=200,
        root=False,
        open=forged,
        needs=("browser",),
    ),
]
