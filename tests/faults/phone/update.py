"""F9: a new version of the app comes while records wait to be sent.

It waits until no form is open and asks; the queue is there before, during and after, and is sent by
the new version. Databases of released versions are opened in tests/js.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.phone.handset import Handset, wait_for
from tests.faults.phone.place import ROOT, Place, place
from tests.faults.phone.reckoning import absent, reckon
from tests.faults.phone.tree import Change, built

VERSION = '__VERSION__ === "undefined" ? "dev" : __VERSION__'
ASKED = "En ny version finns"


@contextmanager
def updated(folder: Path, tree: Path = ROOT) -> Iterator[Run]:
    versions = [version(folder / f"tree-{n}", n, tree) for n in (1, 2)]
    served = folder / "served"
    serve(served, versions[0])
    with place(folder, served) as town:
        turn = 0

        def run(rng: Dice) -> Outcome:
            nonlocal turn
            phone = town.lasting_phone()
            turn = 1 - turn
            return one_update(town, phone, lambda: serve(served, versions[turn]), rng)

        yield run


def version(folder: Path, number: int, root: Path) -> Path:
    """The app as a release of its own: it differs in the version that it tells."""
    told = Change("static/js/store/app.js", VERSION, f'"9.{number}"')
    return built(folder, told, root=root)


def serve(served: Path, tree: Path) -> None:
    """From now on this version is what a phone can fetch."""
    coming = served.with_name("coming")
    coming.symlink_to(tree)
    coming.replace(served)


def one_update(town: Place, phone: Handset, release, rng: Dice) -> Outcome:
    before = set(phone.acknowledged)
    town.line.cut()
    phone.save(*rng.choices(["visit", "event"], k=rng.randint(1, 3)))
    release()
    town.line.only_pages()
    was = script(phone)
    phone.visit(phone.page, "#event")
    phone.page.evaluate("() => thumb.openForm()")
    phone.page.evaluate("() => thumb.waitingVersion()")
    assert ASKED not in phone.page.evaluate("() => thumb.text(document.body)"), "asks in a form"
    assert script(phone) == was, "took over by itself"
    phone.page.evaluate("() => { location.hash = '#now'; }")
    wait_for(lambda: ASKED in phone.page.evaluate("() => thumb.text(document.body)"), ASKED)
    begun = time.monotonic()
    phone.page.evaluate("() => thumb.named('Byt nu').click()")
    wait_for(lambda: script(phone) not in (was, None), "the new version on the screen")
    phone.page.evaluate("() => thumb.begin()")
    said = phone.since(before)
    assert not absent(phone, said), "the queue is not there in the new version"
    if rng.random() < 0.5:
        phone.save("event")
    return reckon(town, phone, phone.since(before), begun)


def script(phone: Handset) -> str | None:
    """Which build the page runs."""
    return phone.page.evaluate(
        "() => document.querySelector('fieldlog-app h1') && "
        "document.querySelector('script[src*=patrol]').src"
    )


FAULT = Fault(
    key="F9-update",
    title="a new version comes while records wait",
    sample=20,
    full=100,
    root=False,
    open=updated,
    needs=("browser",),
)
