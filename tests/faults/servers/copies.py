"""F21: centre, node or phone put back to a copy of an hour ago; a phone's storage cloned.

Phones hold for 72 hours what the centre has signed for, nodes as long: all that a restored store
lacks comes back, forks are kept, and nothing counts twice.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from fieldlog.store import identity
from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.patrol import Patrol
from tests.faults.station import Station, Warm, station

AT_NODE, AT_CENTRE = 2, 1  # phones that have their home there
LASTS = 10


class Town:
    """A centre, a node, and phones with their home at either."""

    def __init__(self, here: Station):
        self.centre = here.centre().start()
        self.node = here.node(self.centre.url).start()
        self.patrols = here.patrols(self.node.url, AT_NODE + AT_CENTRE)
        for each in self.patrols[AT_NODE:]:
            each.move(self.centre.url)

    def stop(self) -> None:
        self.node.stop()
        self.centre.stop()

    def an_hour(self, dice: Dice) -> None:
        """Everybody writes and sends; perhaps the node's job runs."""
        for each in self.patrols:
            each.save(dice, dice.randint(1, 6))
            each.insist_from_status()
        if dice.random() < 0.5:
            self.night()

    def night(self) -> None:
        said = self.node.run("sync", "--hurry")
        assert said["outcome"] == "ok", said

    def settle(self) -> None:
        """Until nobody has anything left to say: twice, since a node learns from the centre what
        its phones are told afterwards."""
        for _ in range(2):
            for each in self.patrols:
                each.insist_from_status()
            self.night()


Strike = Callable[[Town, Dice], Callable[[], None]]


@contextmanager
def restored(strike: Strike, folder: Path) -> Iterator[Run]:
    """An hour, the copy, another hour, the copy put back, and what has become of all of it."""
    with station(folder) as here:
        town: Town | None = None

        def run(dice: Dice) -> Outcome:
            nonlocal town
            if town is None or dice.number % LASTS == 0:
                if town:
                    town.stop()
                town = Town(here)
            saved = town.patrols[0].saved
            before = len(saved.acknowledged)
            town.an_hour(dice)
            put_back = strike(town, dice)
            town.an_hour(dice)
            put_back()
            began = time.monotonic()
            for each in town.patrols:
                each.save(dice, 1)
            town.settle()
            recovered = time.monotonic() - began
            lost, doubled = stored.reckon(town.centre.settings.database_url, saved)
            for store in (town.centre, town.node):
                said = store.run("store", "verify")
                assert said["ok"], f"{store.name}: {said['found']}"
            return Outcome(len(saved.acknowledged) - before, len(lost), len(doubled), recovered)

        yield run


def centre(town: Town, dice: Dice) -> Callable[[], None]:
    """By hand, or as the command does it, which makes it another incarnation."""
    return _copied(town.centre, dice.random() < 0.5)


def node(town: Town, dice: Dice) -> Callable[[], None]:
    return _copied(town.node, dice.random() < 0.5)


def phone(town: Town, dice: Dice) -> Callable[[], None]:
    """Its storage is put back: what it wrote since then is gone from it, not from the store."""
    chosen = dice.choice(town.patrols)
    copy = chosen.phone.clone()

    def put_back() -> None:
        copy.send = chosen.phone.send
        chosen.phone = copy

    return put_back


def clone(town: Town, dice: Dice) -> Callable[[], None]:
    """Two phones with one storage, both used on."""
    chosen = dice.choice(town.patrols)
    twin = Patrol(chosen.enrolled, chosen.saved, chosen.answered, chosen.peer)
    twin.phone = chosen.phone.clone()
    twin.phone.send = twin._send

    def both() -> None:
        twin.save(dice, dice.randint(1, 4))
        twin.insist_from_status()

    return both


def _copied(store: Warm, renewed: bool) -> Callable[[], None]:
    """A copy taken while it serves; call the result to put it back."""
    backup = store.folder / "copy.db"
    with closing(sqlite3.connect(store.file)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)

    def put_back() -> None:
        store.stop()
        for left in store.folder.glob(f"{store.file.name}-*"):
            left.unlink()
        shutil.move(backup, store.file)
        if renewed:
            with store.inside():
                identity.renew()
        store.start()

    return put_back


FAULTS = [
    Fault("F21-centre-restored", "centre put back to an hour ago", 5, 300, False,
          partial(restored, centre)),
    Fault("F21-node-restored", "node put back to an hour ago", 5, 300, False,
          partial(restored, node)),
    Fault("F21-phone-restored", "phone's storage put back to an hour ago", 5, 300, False,
          partial(restored, phone)),
    Fault("F21-phone-cloned", "phone's storage copied, both used on", 5, 300, False,
          partial(restored, clone)),
]  # fmt: skip
