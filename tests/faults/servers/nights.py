"""F19: the nightly job killed at any line, started twice at once, cut off, not run for nights.

Phones write at a node; whatever becomes of its jobs, one that runs to its end brings all to the
centre, once.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.patrol import Patrol
from tests.faults.station import Station, Warm, station
from tests.support.proxy import CLEAN, Proxy, seeded
from tests.support.proxy import Fault as Break
from tests.support.served import told

PATROLS = 2
LASTS = 20  # runs on one pair of databases
DONE, NOT_ALL, ALREADY, KILLED = 0, 3, 4, -9
LINES = "tests.faults.servers.doubles:die_at_line"
CLOCK = "tests.faults.servers.doubles:clock"


@dataclass
class Town:
    """A centre and a node that reaches it by `line`; `lines`: how many a whole night takes."""

    centre: Warm
    node: Warm
    line: Proxy
    patrols: list[Patrol]
    lines: int

    def night(self, *before: tuple) -> tuple[int, dict]:
        """`fieldlog sync` at the node: its exit code, and what it said."""
        job = self.begin(*before)
        said, complaint = job.communicate(timeout=60)
        assert job.returncode in (DONE, NOT_ALL, ALREADY, KILLED), complaint
        return job.returncode, told(said) if said else {}

    def begin(self, *before: tuple):
        self.node.before = list(before)
        try:
            return self.node.spawn("sync", "--hurry")
        finally:
            self.node.before = []

    def arrived(self) -> tuple[set[str], set[str]]:
        """What the centre lacks or has twice of all that was saved, after a night to the end."""
        code, said = self.night()
        assert code == DONE, said
        assert said["digest"] == said["centre_digest"], said
        url = self.centre.settings.database_url
        return stored.reckon(url, *(each.saved for each in self.patrols[:1]))


Strike = Callable[[Town, Dice], None]


@contextmanager
def nightly(strike: Strike, folder: Path) -> Iterator[Run]:
    """Each run: phones write at the node, the night is struck, a night runs to its end."""
    with station(folder) as here:
        town: Town | None = None

        def run(dice: Dice) -> Outcome:
            nonlocal town
            if town is None or dice.number % LASTS == 0:
                town = _new(here, town)
            saved = town.patrols[0].saved
            before = len(saved.acknowledged)
            for each in town.patrols:
                each.save(dice, dice.randint(1, 8))
                each.insist()
            town.line.plan = lambda: CLEAN
            strike(town, dice)
            began = time.monotonic()
            town.line.plan = lambda: CLEAN
            lost, doubled = town.arrived()
            recovered = time.monotonic() - began
            return Outcome(len(saved.acknowledged) - before, len(lost), len(doubled), recovered)

        yield run


def _new(here: Station, old: Town | None) -> Town:
    if old:
        old.node.stop()
        old.centre.stop()
        old.line.close()
    centre = here.centre().start()
    line = Proxy(("127.0.0.1", centre.port))
    node = here.node(line.url).start()
    patrols = here.patrols(node.url, PATROLS)
    town = Town(centre, node, line, patrols, 0)
    for each in patrols:
        each.save(Dice(0, "first", 0), 5)
        each.insist()
    count = node.folder / "lines"
    town.night((LINES, "0", str(count)))
    town.lines = int(count.read_text())
    return town


def killed(town: Town, dice: Dice) -> None:
    """SIGKILL at one line of our code, whichever."""
    code, _said = town.night((LINES, str(dice.randint(1, town.lines)), ""))
    assert code in (KILLED, DONE)


def twice(town: Town, _dice: Dice) -> None:
    """Two at once: one does it, the other says that one is running, or comes after it."""
    jobs = [town.begin(), town.begin()]
    codes = [job.wait(60) for job in jobs]
    for job in jobs:
        job.communicate()
    assert DONE in codes, codes
    assert set(codes) <= {DONE, ALREADY}, codes


def cut_off(town: Town, dice: Dice) -> None:
    """From some request on the centre can't be reached any more tonight."""
    passes = iter([CLEAN] * dice.randrange(6))
    town.line.plan = lambda: next(passes, Break("refuse"))
    code, said = town.night()
    assert code in (NOT_ALL, DONE), said


def bad_line(town: Town, dice: Dice) -> None:
    """Every other request meets a fault of its own."""
    town.line.plan = seeded(dice.randrange(2**32), 0.5)
    code, said = town.night()
    assert code in (NOT_ALL, DONE), said


def skipped(town: Town, dice: Dice) -> None:
    """No job for three nights while phones go on writing; the next one catches up, and says so."""
    day = 10 + 5 * (dice.number % LASTS)
    code, _said = town.night((CLOCK, _moment(day)))
    assert code == DONE
    for _ in range(3):
        for each in town.patrols:
            each.save(dice, 2)
            each.insist()
    code, said = town.night((CLOCK, _moment(day + 4)))
    assert code == DONE, said
    assert said["missed"] == 3, said


def _moment(day: int) -> str:
    """Two in the night, so many days on."""
    return time.strftime("%Y-%m-%dT02:30:00+00:00", time.gmtime(4_070_908_800 + day * 86_400))


FAULTS = [
    Fault("F19-job-killed", "nightly job killed at any line", 20, 1000, False,
          partial(nightly, killed)),
    Fault("F19-job-twice", "nightly job started twice at once", 5, 200, False,
          partial(nightly, twice)),
    Fault("F19-cut-off", "the centre is cut off in the middle of the night", 5, 200, False,
          partial(nightly, cut_off)),
    Fault("F19-bad-line", "every other request of the night meets a fault", 5, 500, False,
          partial(nightly, bad_line)),
    Fault("F19-nights-skipped", "no job for three nights, then one", 5, 100, False,
          partial(nightly, skipped)),
]  # fmt: skip
