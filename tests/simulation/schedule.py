"""From a seed to a run: which faults may happen in it, and what happens next.

Swarm testing: each run allows a random part of the faults only, so that some runs are dense with
one of them and others mix several. Knows nothing of what the actions do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.simulation import acts, faults, network
from tests.simulation.peer import FaultyPeer, SteadyPeer
from tests.simulation.scribe import HUGE, KINDS
from tests.simulation.world import HOMES, NODES, World

FAULT_SHARE = 0.3  # faults for each ordinary act
LINES = (1, 2, 3, 5, 2_000)


@dataclass(frozen=True)
class Action:
    """`fault`: the kind of fault that it is part of; None for what happens in every run."""

    weight: float
    act: Callable[[World, Random], object]
    fault: str | None = None


def _some(r: Random) -> int:
    return r.randrange(1 << 16)


def _store(w: World, r: Random) -> str:
    return r.choice(sorted(w.servers))


def _deliver(w: World, r: Random) -> None:
    if w.wire.requests:
        network.deliver(w, _some(r), chunk=r.choice((7, 100, 1 << 16)))


def _cut(w: World, r: Random) -> None:
    if w.wire.requests:
        network.deliver(w, _some(r), cut=r.random())


def _answer(w: World, r: Random) -> None:
    if w.wire.replies:
        network.answer(w, _some(r))


def _lose_request(w: World, r: Random) -> None:
    if w.wire.requests:
        network.lose_request(w, _some(r))


def _lose_answer(w: World, r: Random) -> None:
    if w.wire.replies:
        network.lose_answer(w, _some(r))


def _nightly(w: World, r: Random) -> None:
    """Some nights all goes well, some nights the line is bad, and some nights the job is killed."""
    node = r.choice(NODES)
    acts.nightly(w, node, FaultyPeer(w, node, r, share=r.choice((0.0, 0.2, 0.5))))


def _quiet_days(w: World, r: Random) -> None:
    """Nothing goes wrong for longer than the retention window: phones let go of what they may."""
    for hours in (80, 0):
        for node in NODES:
            acts.nightly(w, node, SteadyPeer(w, node))
        for phone in range(len(w.phones)):
            acts.contact(w, phone)
        acts.wait(w, hours)


def _restore_node(w: World, r: Random) -> None:
    """By the restore command, or by files put back by hand, which keeps the name of its life."""
    faults.restore_store(w, r.choice(NODES), _some(r), told=r.random() < 0.5)


def _replay(w: World, r: Random) -> None:
    if w.wire.old:
        network.replay(w, _some(r))


ACTIONS: dict[str, Action] = {
    "write": Action(24, lambda w, r: acts.write(w, _some(r), r.choice(KINDS))),
    "send": Action(16, lambda w, r: acts.send(w, _some(r), r.randrange(2), r.choice(LINES))),
    "deliver": Action(20, _deliver),
    "answer": Action(20, _answer),
    "ask": Action(3, lambda w, r: acts.ask(w, _some(r))),
    "contact": Action(12, lambda w, r: acts.contact(w, _some(r))),
    "nightly": Action(12, _nightly),
    "huge": Action(0.3, lambda w, r: acts.write(w, _some(r), HUGE)),
    "desk": Action(4, lambda w, r: acts.desk(w, _store(w, r))),
    "wait": Action(8, lambda w, r: acts.wait(w, r.choice((1, 12, 30, 80)))),
    "quiet days": Action(3, _quiet_days),
    "reference": Action(1, lambda w, r: acts.update_reference(w, _store(w, r))),
    "lose request": Action(5, _lose_request, "loss"),
    "lose answer": Action(5, _lose_answer, "loss"),
    "cut request": Action(3, _cut, "loss"),
    "replay": Action(8, _replay, "replay"),
    "crash": Action(2, lambda w, r: faults.crash(w, _store(w, r), r.randrange(2)), "crash"),
    "clock": Action(
        2, lambda w, r: faults.skew(w, _some(r), r.choice((-400_000, -2, 0, 9_000))), "clock"
    ),
    "copy node": Action(3, lambda w, r: faults.copy_store(w, r.choice(NODES)), "node restored"),
    "restore node": Action(3, _restore_node, "node restored"),
    "copy centre": Action(3, lambda w, r: faults.copy_store(w, "centre"), "centre restored"),
    "restore centre": Action(
        3, lambda w, r: faults.restore_store(w, "centre", _some(r), told=True), "centre restored"
    ),
    "copy phone": Action(3, lambda w, r: faults.copy_phone(w, _some(r)), "phone restored"),
    "restore phone": Action(
        3, lambda w, r: faults.restore_phone(w, _some(r), _some(r)), "phone restored"
    ),
    "evict": Action(2, lambda w, r: faults.evict(w, _some(r)), "phone evicted"),
    "clone": Action(2, lambda w, r: faults.clone(w, _some(r)), "phone cloned"),
}
FAULTS = tuple(dict.fromkeys(each.fault for each in ACTIONS.values() if each.fault))


class Schedule:
    """The actions of one run. `only`: the faults allowed, instead of a random part of them."""

    def __init__(self, seed: int, only: tuple[str, ...] | None = None) -> None:
        self.random = Random(seed)
        chosen = self._swarm() if only is None else only
        self.names = [n for n, each in ACTIONS.items() if not each.fault or each.fault in chosen]
        self.phones = self._some_phones()
        self._weights = self._scaled()

    def next(self) -> str:
        return self.random.choices(self.names, self._weights)[0]

    def act(self, name: str, world: World) -> None:
        ACTIONS[name].act(world, self.random)

    def _some_phones(self) -> tuple[str, ...]:
        """Few phones see much happen to each; many meet each other."""
        return tuple(self.random.sample(sorted(HOMES), self.random.randint(1, len(HOMES))))

    def _scaled(self) -> list[float]:
        """However few the faults, together they are a fixed share of what happens."""
        weights = {True: 0, False: 0}
        for name in self.names:
            weights[ACTIONS[name].fault is not None] += ACTIONS[name].weight
        scale = FAULT_SHARE * weights[False] / (weights[True] or 1)
        return [ACTIONS[name].weight * (scale if ACTIONS[name].fault else 1) for name in self.names]

    def _swarm(self) -> list[str]:
        return self.random.sample(FAULTS, self.random.choice((1, 2, 2, 3, len(FAULTS))))
