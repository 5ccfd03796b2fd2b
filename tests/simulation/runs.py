"""Runs a seed from an empty world to the last accounts, and counts what happened on the way."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from random import Random

from sync import receipts
from tests.simulation.drain import REPLAYS, account, drain
from tests.simulation.history import Violation
from tests.simulation.schedule import Schedule
from tests.simulation.server import Server
from tests.simulation.world import Rules, World

STORES = {"node-a": "node", "node-b": "node", "centre": "centre"}
STEPS = 150


@dataclass
class Tally:
    """What a number of runs came to."""

    runs: int = 0
    steps: int = 0
    saved: int = 0
    rounds: int = 0  # the most that any run needed to drain
    forfeited: Counter = field(default_factory=Counter)
    acts: Counter = field(default_factory=Counter)

    def add(self, world: World, acts: list[str], rounds: int) -> None:
        self.runs += 1
        self.steps += len(acts)
        self.saved += len(world.history.saved)
        self.rounds = max(self.rounds, rounds)
        self.forfeited.update(world.history.forfeited.values())
        self.acts.update(acts)

    def __str__(self) -> str:
        limits = ", ".join(f"{n} {why}" for why, n in sorted(self.forfeited.items())) or "none"
        return (
            f"{self.runs} runs, {self.steps} steps, {self.saved} records saved, "
            f"drained in at most {self.rounds} rounds, within the honest limits: {limits}"
        )


@cache
def centre_key() -> str:
    """One for all worlds: making a key costs more than a run."""
    return receipts.new_key()


def memory_world(phones: tuple[str, ...], rules: Rules | None = None) -> World:
    """Two nodes and the centre in memory."""
    rules = rules or Rules()
    servers = []
    for name, role in STORES.items():
        key = centre_key() if role == "centre" else None
        servers.append(Server(name, role, rules.backend(name, role, key, rules.receiver)))
    return World(servers, receipts.public_key(centre_key()), rules, phones)


def run(
    seed: int,
    tally: Tally,
    *,
    make: Callable[[tuple[str, ...]], World] = memory_world,
    steps: int = STEPS,
    only: tuple[str, ...] | None = None,
    replays: int = REPLAYS,
) -> World:
    """One run. A Violation carries the seed and the last things that happened."""
    schedule, acts = Schedule(seed, only), []
    world = make(schedule.phones)
    try:
        for _ in range(steps):
            acts.append(schedule.next())
            schedule.act(acts[-1], world)
        rounds = drain(world)
        account(world, Random(seed), replays)
    except Violation as violation:
        violation.add_note(f"seed {seed}, after {len(acts)} steps: … {', '.join(acts[-12:])}")
        raise
    tally.add(world, acts, rounds)
    return world
