"""From a seed to a run: which faults may happen in it, and what happens next.

Swarm testing: each run allows a random part of the faults only, so that some runs are dense with
one of them and others mix several. Knows nothing of what the actions do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.simulation.peer import FaultyPeer
from tests.simulation.scribe import KINDS
from tests.simulation.world import World

LINES = (1, 2, 3, 5, 2_000)


@dataclass(frozen=True)
class Action:
    weight: int
    act: Callable[[World, Random], object]
    fault: bool = True


def _some(r: Random) -> int:
    return r.randrange(1 << 16)


def _store(w: World, r: Random) -> str:
    return r.choice(sorted(w.servers))


def _deliver(w: World, r: Random) -> None:
    if w.wire.requests:
        w.deliver(_some(r), chunk=r.choice((7, 100, 1 << 16)))


def _cut(w: World, r: Random) -> None:
    if w.wire.requests:
        w.deliver(_some(r), cut=r.random())


def _answer(w: World, r: Random) -> None:
    if w.wire.replies:
        w.answer(_some(r))


def _lose_request(w: World, r: Random) -> None:
    if w.wire.requests:
        w.lose_request(_some(r))


def _lose_answer(w: World, r: Random) -> None:
    if w.wire.replies:
        w.lose_answer(_some(r))


def _nightly(w: World, r: Random) -> None:
    """Some nights all goes well, some nights the line is bad, and some nights the job is killed."""
    node = r.choice(("node-a", "node-b"))
    w.nightly(node, FaultyPeer(w, node, r, share=r.choice((0.0, 0.2, 0.5))))


def _replay(w: World, r: Random) -> None:
    if w.wire.old:
        w.replay(_some(r))


ACTIONS: dict[str, Action] = {
    "write": Action(24, lambda w, r: w.write(_some(r), r.choice(KINDS)), fault=False),
    "send": Action(20, lambda w, r: w.send(_some(r), r.randrange(2), r.choice(LINES)), fault=False),
    "deliver": Action(26, _deliver, fault=False),
    "answer": Action(26, _answer, fault=False),
    "ask": Action(4, lambda w, r: w.ask(_some(r)), fault=False),
    "nightly": Action(5, _nightly, fault=False),
    "wait": Action(4, lambda w, r: w.wait(r.choice((1, 6, 24, 80))), fault=False),
    "let go": Action(5, lambda w, r: w.let_go(_some(r)), fault=False),
    "reference": Action(1, lambda w, r: w.update_reference(_store(w, r)), fault=False),
    "lose request": Action(5, _lose_request),
    "lose answer": Action(5, _lose_answer),
    "cut request": Action(3, _cut),
    "replay": Action(8, _replay),
    "crash": Action(2, lambda w, r: w.crash(_store(w, r), r.randrange(2))),
    "clock": Action(2, lambda w, r: w.skew(_some(r), r.choice((-400_000, -2, 0, 9_000)))),
    "copy store": Action(3, lambda w, r: w.copy_store(_store(w, r))),
    "restore node": Action(
        2, lambda w, r: w.restore_store(r.choice(("node-a", "node-b")), _some(r), r.random() < 0.5)
    ),
    "restore centre": Action(2, lambda w, r: w.restore_store("centre", _some(r), told=True)),
    "copy phone": Action(3, lambda w, r: w.copy_phone(_some(r))),
    "restore phone": Action(2, lambda w, r: w.restore_phone(_some(r), _some(r))),
    "evict": Action(1, lambda w, r: w.evict(_some(r))),
    "clone": Action(1, lambda w, r: w.clone(_some(r))),
}
FAULTS = tuple(name for name, action in ACTIONS.items() if action.fault)


class Schedule:
    """The actions of one run. `only`: the faults allowed, instead of a random part of them."""

    def __init__(self, seed: int, only: tuple[str, ...] | None = None) -> None:
        self.random = Random(seed)
        chosen = self._swarm() if only is None else only
        self.names = [name for name, a in ACTIONS.items() if not a.fault or name in chosen]
        self._weights = [ACTIONS[name].weight for name in self.names]

    def next(self) -> str:
        return self.random.choices(self.names, self._weights)[0]

    def act(self, name: str, world: World) -> None:
        ACTIONS[name].act(world, self.random)

    def _swarm(self) -> tuple[str, ...]:
        share = self.random.choice((0.2, 0.5, 1.0))
        return tuple(name for name in FAULTS if self.random.random() < share)
