"""F6: the line breaks before, in and after a request, or brings it twice, late or again.

A patrol saves and sends in turns while its requests meet the fault; then the line is whole and all
is sent. Exactly once, byte for byte.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sync.http import Trouble
from tests.faults import stored
from tests.faults.fault import Dice, Fault, Outcome, Run
from tests.faults.station import station
from tests.support.proxy import CLEAN, Proxy
from tests.support.proxy import Fault as Break

PATIENCE = (2.0, 0.25)  # s: what never comes is given up soon
TURNS = 4
HEAD = 350  # bytes of a request, about: a cut falls in its head as often as in a small body


def _reset(dice: Dice, first: int, last: int) -> Break:
    return Break("reset", dice.randrange(first, last))


Draw = Callable[[Dice], Break]
KINDS: dict[str, tuple[str, Draw]] = {
    "refuse": ("no connection is let through", lambda dice: Break("refuse")),
    "reset-before": ("reset before the request's body", lambda dice: _reset(dice, 0, HEAD)),
    "reset-in": ("reset in the request", lambda dice: _reset(dice, HEAD, 3000)),
    "reset-after": ("reset after the request", lambda dice: Break("reset_after")),
    "cut-answer": ("the answer is cut", lambda dice: Break("cut", dice.randrange(1, 1500))),
    "lost-answer": ("the answer is lost", lambda dice: Break("cut", 0)),
    "double": ("each request arrives twice", lambda dice: Break("double")),
    "late": ("requests arrive after later ones", lambda dice: Break("late")),
    "replay": ("old requests arrive again", lambda dice: Break("replay", dice.randint(1, 6))),
    "stall": ("all stands still for a while", lambda dice: Break("stall", dice.uniform(0, 0.03))),
    "black-hole": ("requests are taken, nothing comes back", lambda dice: Break("black_hole")),
}


@contextmanager
def broken(draw: Draw, share: float, folder: Path) -> Iterator[Run]:
    """A served centre behind a line on which a `share` of the requests meets what is drawn."""
    with station(folder) as here:
        centre = here.centre().start()
        with Proxy(("127.0.0.1", centre.port)) as line:

            def run(dice: Dice) -> Outcome:
                with here.fresh_patrols(line.url, 1, PATIENCE) as [patrol]:
                    after = stored.newest(centre.settings.database_url)
                    line.plan = lambda: draw(dice) if dice.random() < share else CLEAN
                    for _ in range(TURNS):
                        patrol.save(dice, dice.randint(1, 5))
                        try_once(patrol)
                    began = time.monotonic()
                    line.plan = lambda: CLEAN
                    patrol.insist()
                    recovered = time.monotonic() - began
                    url = centre.settings.database_url
                    lost, doubled = stored.reckon(url, patrol.saved, patrol.answered, after=after)
                    acknowledged = len(patrol.saved.acknowledged)
                    return Outcome(acknowledged, len(lost), len(doubled), recovered)

            yield run


def try_once(patrol) -> None:
    """What comes of it is seen later."""
    try:
        patrol.send()
    except Trouble:
        patrol.trouble += 1


def _any(dice: Dice) -> Break:
    """One of them all, but those that cost a time-out each less often."""
    names = [name for name in KINDS if name != "black-hole" or dice.random() < 0.1]
    return KINDS[dice.choice(names)][1](dice)


FAULTS = [
    *(
        Fault(f"F6-{name}", title, 20, 100, False, partial(broken, draw, 0.7))
        for name, (title, draw) in KINDS.items()
    ),
    Fault("F6-any", "all of these in turn", 40, 10_000, False, partial(broken, _any, 0.5)),
]
